import { render, screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'

import type { Role } from '@/api/types'
import { session } from '@/session'
import { serve } from '@/tests/stub'
import BackgroundPage from './BackgroundPage.vue'

const BATCH = { id: '0123456789AB', state: 'ready', at: '2026-11-20T02:00:00Z', members: 3, left: 3, revision: 2 }
const READY = 'GET /api/background-batches?state=ready'
const MAKING = 'GET /api/background-batches?state=making'

function open(role: Role) {
  session.account = { id: 'a', role, city: '330200', company: null, name: '经办', state: 'active', revision: 1 }
  return render(BackgroundPage)
}

afterEach(() => {
  vi.unstubAllGlobals()
  session.account = null
})

describe('background batches', () => {
  it('tell the association the password once, and offer it no file', async () => {
    serve({
      [READY]: { body: { items: [BATCH], next: null } },
      [MAKING]: { body: { items: [], next: null } },
      'POST /api/background-batches': { status: 202, body: { ...BATCH, state: 'making', password: 'AAAAA-BBBBB-CCCCC-DDDDD' } },
    })
    open('association_clerk')
    expect(await screen.findByText('0123456789AB')).toBeTruthy()
    expect(screen.queryByRole('button', { name: '取文件' })).toBeNull()
    await userEvent.click(screen.getByRole('button', { name: '新建送核批次' }))
    expect(await screen.findByText('AAAAA-BBBBB-CCCCC-DDDDD')).toBeTruthy()
  })

  it('show the police every fault of a returned file', async () => {
    serve({
      [READY]: { body: { items: [BATCH], next: null } },
      'POST /api/background-batches/0123456789AB/conclusions': { status: 400, body: { type: 'malformed', detail: '文件有 1 处错误', errors: [{ field: 'rows[2].结论', code: 'x', message: '应为以下之一' }] } },
    })
    open('police')
    expect(await screen.findByRole('button', { name: '取文件' })).toBeTruthy()
    expect(screen.queryByRole('button', { name: '新建送核批次' })).toBeNull()
    await userEvent.upload(screen.getByLabelText(/导入结论/), new File(['x'], 'a.csv'))
    expect(await screen.findByText('行号 2 · 结论：应为以下之一')).toBeTruthy()
  })
})
