import { render, screen, waitFor, within } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'

import { routes } from '@/router'
import { session } from '@/session'
import { application, file, worker } from '@/tests/samples'
import { serve, type Answers } from '@/tests/stub'
import ApplicationPage from './ApplicationPage.vue'

const PAGE: Answers = {
  'GET /api/applications/w1-1': { body: application },
  'GET /api/workers/w1/readiness': { body: { ready: true, missing: [] } },
}

function open(answers: Answers) {
  const asked = serve(answers)
  const router = createRouter({ history: createMemoryHistory(), routes })
  render(ApplicationPage, { props: { id: 'w1-1' }, global: { plugins: [router] } })
  return asked
}

beforeEach(() => {
  session.account = { id: 'a1', role: 'association_clerk', city: '330200', company: null, name: '沈', state: 'active', revision: 1 }
})
afterEach(() => vi.unstubAllGlobals())

describe('one application', () => {
  it('shows the evidence, the history in Beijing time, and the moves that the server gave', async () => {
    open(PAGE)
    await screen.findByRole('heading', { name: '王秀芳的申请' })
    expect(screen.getByText('申领条件齐全')).toBeTruthy()
    expect(screen.getByText('2026-11-12 01:30')).toBeTruthy()
    expect(screen.getByRole('button', { name: '审核通过' })).toBeTruthy()
    expect(screen.queryByRole('button', { name: '不予办理' })).toBeNull()
  })

  it('names at the evidence what the conditions lack', async () => {
    open({
      ...PAGE,
      'GET /api/workers/w1/readiness': { body: { ready: false, missing: [{ field: 'exams', code: 'exam-weak', message: '体检类别不够' }] } },
    })
    expect(await screen.findByText('体检类别不够')).toBeTruthy()
    expect(screen.getByText('还缺 1 项条件')).toBeTruthy()
  })

  it('opens a paper beside the evidence from the line that it proves, asked of the server once', async () => {
    const asked = open({
      ...PAGE,
      'GET /api/workers/w1/files': { body: { items: [file('f1')], duplicates: [] } },
      'GET /api/workers/w1/files/f1': { body: { url: 'https://store.example/f1', type: 'image/jpeg', expires: new Date(Date.now() + 300_000).toISOString() } },
    })
    await userEvent.click(await screen.findByRole('button', { name: /^看原件 · 体检证明/ }))
    expect((await screen.findByRole('img', { name: '体检证明 · 2026-03-02' })).getAttribute('src')).toBe('https://store.example/f1')
    expect(screen.queryByRole('dialog')).toBeNull()
    await userEvent.click(screen.getByRole('button', { name: /^正在看 · 体检证明/ }))
    expect(asked.filter((one) => one.path === '/api/workers/w1/files/f1')).toHaveLength(1)
  })

  it('shows who may see no files neither papers nor a place for them', async () => {
    session.account!.role = 'police'
    const asked = open({ ...PAGE, 'GET /api/applications/w1-1': { body: { ...application, state: 'background', moves: ['clear'], worker } } })
    await screen.findByRole('button', { name: '核查通过' })
    expect(screen.queryByRole('region', { name: '原件' })).toBeNull()
    expect(asked.some((one) => one.path.endsWith('/files'))).toBe(false)
  })

  it('does not return without a reason, nor with “other” without a note', async () => {
    const asked = open(PAGE)
    const user = userEvent.setup()
    await user.click(await screen.findByRole('button', { name: '退回补正' }))
    const dialog = await screen.findByRole('dialog')
    const confirm = within(dialog).getByRole('button', { name: '退回补正' })
    await user.click(confirm)
    expect(await within(dialog).findByText('请至少选择一个原因')).toBeTruthy()
    await user.click(within(dialog).getByRole('checkbox', { name: /其他/ }))
    await user.click(confirm)
    expect(await within(dialog).findByText('选择“其他”时请写备注')).toBeTruthy()
    expect(asked.some((one) => one.method === 'POST')).toBe(false)
  })

  it('returns with reasons and note, on the revision that was looked at, then reads anew', async () => {
    const asked = open({ ...PAGE, 'POST /api/applications/w1-1/return': { body: { ...application, state: 'returned', moves: [] } } })
    const user = userEvent.setup()
    await user.click(await screen.findByRole('button', { name: '退回补正' }))
    const dialog = await screen.findByRole('dialog')
    await user.click(within(dialog).getByRole('checkbox', { name: /体检合格证/ }))
    await user.type(within(dialog).getByRole('textbox'), '第二页缺章')
    await user.click(within(dialog).getByRole('button', { name: '退回补正' }))
    await waitFor(() => expect(asked.filter((one) => one.path === '/api/applications/w1-1')).toHaveLength(2))
    expect(asked.find((one) => one.method === 'POST')?.body).toEqual({ revision: 5, reasons: ['exam-unclear'], note: '第二页缺章', checked_on: null, working_days: null })
  })

  it('tells when somebody else changed the archive, and goes on from the new state', async () => {
    let revision = 5
    const asked = open({
      ...PAGE,
      'GET /api/applications/w1-1': () => ({ body: { ...application, revision } }),
      'POST /api/applications/w1-1/accept': ({ body }) => {
        if ((body as { revision: number }).revision === 6) return { body: application }
        revision = 6
        return { status: 409, body: { type: 'changed-meanwhile', detail: '…' } }
      },
    })
    const user = userEvent.setup()
    await user.click(await screen.findByRole('button', { name: '审核通过' }))
    const dialog = await screen.findByRole('dialog')
    await user.click(within(dialog).getByRole('button', { name: '审核通过' }))
    await user.click(await within(dialog).findByRole('button', { name: '刷新' }))
    await waitFor(() => expect(within(dialog).queryByRole('alert')).toBeNull())
    await user.click(within(dialog).getByRole('button', { name: '审核通过' }))
    await waitFor(() => expect(asked.filter((one) => one.method === 'POST')).toHaveLength(2))
    expect(asked.filter((one) => one.method === 'POST').at(1)?.body).toMatchObject({ revision: 6 })
  })

  it('asks the police for the day of the check', async () => {
    session.account!.role = 'police'
    const asked = open({
      ...PAGE,
      'GET /api/applications/w1-1': { body: { ...application, state: 'background', moves: ['clear'], worker } },
      'POST /api/applications/w1-1/clear': { body: application },
    })
    const user = userEvent.setup()
    await user.click(await screen.findByRole('button', { name: '核查通过' }))
    const dialog = await screen.findByRole('dialog')
    expect(within(dialog).getByLabelText('核查日期')).toBeTruthy()
    await user.click(within(dialog).getByRole('button', { name: '核查通过' }))
    await waitFor(() => expect(asked.find((one) => one.method === 'POST')?.body).toMatchObject({ checked_on: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) }))
  })
})
