/** A server of a few lines: answers by method and path, and what it was asked. */

import { vi } from 'vitest'

export interface Asked {
  method: string
  path: string
  headers: Record<string, string>
  body: unknown
}

type Answer = { status?: number; body: unknown } | Error
export type Answers = Record<string, Answer | ((asked: Asked) => Answer)>

/** Put `answers` ("GET /api/me") in the place of fetch; gives the list of what was asked. */
export function serve(answers: Answers): Asked[] {
  const asked: Asked[] = []
  vi.stubGlobal('fetch', async (path: string, init: RequestInit = {}) => {
    const one: Asked = {
      method: init.method ?? 'GET',
      path,
      headers: init.headers as Record<string, string>,
      body: init.body ? JSON.parse(init.body as string) : undefined,
    }
    asked.push(one)
    const found = answers[`${one.method} ${path}`]
    const answer = typeof found === 'function' ? found(one) : (found ?? { status: 404, body: { type: 'missing', detail: '没有这条记录' } })
    if (answer instanceof Error) throw answer
    return new Response(JSON.stringify(answer.body), { status: answer.status ?? 200 })
  })
  return asked
}
