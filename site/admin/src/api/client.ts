/** The only file that calls fetch on the API: bearer token, Idempotency-Key, problems (RFC 9457). */

import { refused, t, told, type Key } from '@/words'

import { filled, type Address, type Answer, type Places, type Query, type Sent } from './addresses'

export interface Fault {
  field: string
  code: string
  message: string
}

/** A refusal or failure in words. `kind` is the problem's stable type, or `network`, `signed-out`. */
export class Problem extends Error {
  constructor(
    readonly kind: string,
    readonly status: number,
    message: string,
    readonly faults: Fault[] = [],
  ) {
    super(message)
    this.name = 'Problem'
  }

  /** Whether the same submission may simply be sent again (with its key). */
  get again(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500
  }
}

/** Where the token comes from, and what to do when it is refused or too weak; set by the session. */
export const auth: { token: () => Promise<string | null>; refused: () => Promise<boolean>; weak: () => Promise<boolean> } = {
  token: async () => null,
  refused: async () => false,
  weak: async () => false,
}

/** The key of one submission: the same for every repeat of the same content, new for another. */
export class Submission {
  private content = ''
  private key = ''

  keyFor(content: string): string {
    if (content !== this.content || this.key === '') {
      this.content = content
      this.key = crypto.randomUUID()
    }
    return this.key
  }

  settle(): void {
    this.key = ''
  }
}

const WEAK = 'second-factor-needed'
const TIMEOUT_MS = 40_000

/** GET as JSON from an address with its gaps filled; throws a Problem. What is null or empty in the query is not asked for. */
export function get<Path extends Address<'get'>>(path: Path, places: Places<Path>, query?: Query<Path>): Promise<Answer<Path, 'get'>> {
  const asked = new URLSearchParams()
  for (const [name, value] of Object.entries(query ?? {})) if (value != null && value !== '') asked.set(name, String(value))
  const text = asked.toString()
  return send(text ? `${filled(path, places)}?${text}` : filled(path, places), { method: 'GET' })
}

/** GET what the public reads, without a token. Its answers of 404 and 503 are whole: they say why nothing is known. */
export async function look<T>(path: string): Promise<T> {
  const answer = await fetched(path, { headers: { Accept: 'application/json' } })
  if (answer.ok || answer.status === 404 || answer.status === 503) {
    const told = (await answer.json().catch(() => null)) as (T & { result?: string }) | null
    if (told?.result) return told
  }
  throw await problemOf(answer)
}

/** POST JSON under the submission's key; throws a Problem. The key is kept while a repeat makes sense. */
export async function post<Path extends Address<'post'>>(
  path: Path, places: Places<Path>, body: Sent<Path>, submission = new Submission(),
): Promise<Answer<Path, 'post'>> {
  const [place, content] = [filled(path, places), JSON.stringify(body)]
  const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': submission.keyFor(`${place}\n${content}`) }
  try {
    const result = await send<Answer<Path, 'post'>>(place, { method: 'POST', body: content, headers })
    submission.settle()
    return result
  } catch (error) {
    if (error instanceof Problem && !error.again && error.kind !== 'signed-out') submission.settle()
    throw error
  }
}

const PATIENCE = 3

async function send<T>(path: string, init: RequestInit, times = 1): Promise<T> {
  const token = await auth.token()
  const headers = { ...(init.headers as Record<string, string>), Accept: 'application/json' }
  const bearer: Record<string, string> = token ? { Authorization: `Bearer ${token}` } : {}
  const answer = await fetched(path, { ...init, headers: { ...headers, ...bearer } })
  if (answer.status === 401) {
    if (times < PATIENCE && (await auth.refused())) return send<T>(path, init, times + 1)
    throw new Problem('signed-out', 401, t('problem.signedOut'))
  }
  if (!answer.ok) {
    const problem = await problemOf(answer)
    // the content is kept, and sent again once the second step was taken
    if (problem.kind === WEAK && times < PATIENCE && (await auth.weak())) return send<T>(path, init, times + 1)
    throw problem
  }
  return (await answer.json()) as T
}

async function fetched(path: string, init: RequestInit): Promise<Response> {
  const abort = new AbortController()
  const timer = setTimeout(() => abort.abort(), TIMEOUT_MS)
  try {
    return await fetch(path, { ...init, signal: abort.signal, cache: 'no-store' })
  } catch {
    throw new Problem('network', 0, t('problem.network'))
  } finally {
    clearTimeout(timer)
  }
}

async function problemOf(answer: Response): Promise<Problem> {
  const body = (await answer.json().catch(() => ({}))) as {
    type?: string
    detail?: string
    errors?: Fault[]
  }
  const words = body.detail ? refused(body.type ?? '', body.detail) : t(WORDS[answer.status] ?? 'problem.other')
  const faults = (body.errors ?? []).map((one) => ({ ...one, message: told('lack', one.code, told('fault', one.code, one.message)) }))
  return new Problem(body.type ?? 'unknown', answer.status, words, faults)
}

const WORDS: Record<number, Key> = {
  403: 'problem.403',
  404: 'problem.404',
  413: 'problem.413',
  429: 'problem.429',
  504: 'problem.504',
}

/** Put any error into a Problem. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  return new Problem('defect', 0, t('problem.defect'))
}
