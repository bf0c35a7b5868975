import { screen, within } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { bulkStop } from '@/tests/samples'
import { open, signedIn } from '@/tests/signed'
import { serve } from '@/tests/stub'
import BulkStopPage from './BulkStopPage.vue'

const RUNNING = { ...bulkStop, state: 'running', slices: 3, decisions: [], progress: { slices_done: 1, stopped: 48, returned: 1, distrusted: 0, trusted: 0, 'nothing-to-do': 1 } }
const DONE = { ...RUNNING, progress: { slices_done: 3, stopped: 112, returned: 5, distrusted: 2, trusted: 0, 'nothing-to-do': 1 } }

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true, advanceTimeDelta: 50 })
  signedIn('bureau')
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('a bulk stop', () => {
  it('is confirmed by the second person, who is told how many codes turn red', async () => {
    const asked = serve({ 'GET /api/bulk-stops/b1': { body: bulkStop }, 'POST /api/bulk-stops/b1/confirm': { body: DONE } })
    open(BulkStopPage, { id: 'b1' })
    const user = userEvent.setup({ advanceTimers: vi.advanceTimersByTime })
    await user.click(await screen.findByRole('button', { name: '确认并开始' }))
    const dialog = within(await screen.findByRole('dialog'))
    expect(dialog.getByText(/约 112 人的码随即变红/)).toBeTruthy()
    await user.type(dialog.getByRole('textbox'), '已核对')
    await user.click(dialog.getByRole('button', { name: '确认并开始' }))
    expect(await screen.findByText('处理完毕')).toBeTruthy()
    expect(asked.find((one) => one.method === 'POST')?.body).toEqual({ ground: '已核对', revision: 2 })
  })

  it('tells apart what is stopped and what goes back', async () => {
    serve({ 'GET /api/bulk-stops/b1': { body: bulkStop } })
    open(BulkStopPage, { id: 'b1' })
    expect(await screen.findByText('其中 112 人的证书将停用；另有 5 件未发证的申请将退回补正。')).toBeTruthy()
  })

  it('shows how far it is, until it is done', async () => {
    let times = 0
    serve({ 'GET /api/bulk-stops/b1': () => ({ body: ++times === 1 ? RUNNING : DONE }) })
    open(BulkStopPage, { id: 'b1' })
    expect((await screen.findByRole('progressbar')).getAttribute('aria-valuenow')).toBe('33')
    await vi.advanceTimersByTimeAsync(2100)
    expect(await screen.findByText('处理完毕')).toBeTruthy()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(times).toBe(2)
  })

  it('offers to go on when nothing has moved for a while', async () => {
    const asked = serve({ 'GET /api/bulk-stops/b1': { body: RUNNING }, 'POST /api/bulk-stops/b1/resume': { body: RUNNING } })
    open(BulkStopPage, { id: 'b1' })
    await screen.findByRole('progressbar')
    await vi.advanceTimersByTimeAsync(40_000)
    await userEvent.setup({ advanceTimers: vi.advanceTimersByTime }).click(await screen.findByRole('button', { name: '继续处理' }))
    expect(asked.filter((one) => one.method === 'POST')).toHaveLength(1)
  })

  it('waits for another person when oneself asked for it', async () => {
    serve({ 'GET /api/bulk-stops/b1': { body: { ...bulkStop, decisions: ['withdraw'] } } })
    open(BulkStopPage, { id: 'b1' })
    expect(await screen.findByRole('button', { name: '撤回' })).toBeTruthy()
    expect(screen.queryByRole('button', { name: '确认并开始' })).toBeNull()
  })
})
