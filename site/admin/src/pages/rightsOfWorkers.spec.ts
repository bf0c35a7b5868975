/** What a worker may ask of us on the archive's page: a mistake undone, a copy for the own hands, to be erased. */
import { screen, waitFor, within } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'

import type { Role, Worker } from '@/api/types'
import CopyPage from '@/pages/CopyPage.vue'
import WorkerPage from '@/pages/WorkerPage.vue'
import { worker } from '@/tests/samples'
import { open, signedIn } from '@/tests/signed'
import { serve } from '@/tests/stub'

afterEach(() => vi.unstubAllGlobals())

const recorded = { role: 'association_manager', at: new Date().toISOString(), withdrawn_on: null, withdrawn_by: null, decided_at: null }
const withdrawn: Worker = { ...worker, consent: { ...worker.consent, withdrawn_on: '2026-11-22', withdrawn_by: 'staff', recorded } }

function shown(role: Role, one: Worker) {
  signedIn(role)
  const asked = serve({
    'GET /api/workers/w1': { body: one },
    'GET /api/workers/w1/readiness': { body: { ready: true, missing: [] } },
    'GET /api/workers/w1/files': { body: { items: [], duplicates: [] } },
    'POST /api/workers/w1/consents/undo': { body: worker },
    'POST /api/workers/w1/erase': { body: { ...worker, erased_on: '2026-11-22' } },
  })
  open(WorkerPage, { id: 'w1' })
  return () => asked.filter((asking) => asking.method === 'POST').map(({ path, body }) => [path, body])
}

describe('a withdrawal that was recorded by mistake', () => {
  it('is undone with its reason by who recorded it today', async () => {
    const sent = shown('association_manager', withdrawn)
    await userEvent.click(await screen.findByRole('button', { name: '误登记，撤销' }))
    const dialog = within(await screen.findByRole('dialog'))
    await userEvent.type(dialog.getByRole('textbox'), '同姓，登记错人')
    await userEvent.click(dialog.getByRole('button', { name: '撤销登记' }))
    await waitFor(() => expect(sent()).toEqual([['/api/workers/w1/consents/undo', { why: '同姓，登记错人' }]]))
  })

  it.each([
    ['another role', 'association_clerk', recorded],
    ['another day', 'association_manager', { ...recorded, at: '2026-01-02T03:04:05Z' }],
  ] as const)('is not offered to be undone by or on %s', async (_, role, was) => {
    shown(role, { ...withdrawn, consent: { ...withdrawn.consent, recorded: was } })
    expect(await screen.findByText(/2026-11-22 撤回/)).toBeTruthy()
    expect(screen.queryByRole('button', { name: '误登记，撤销' })).toBeNull()
  })
})

describe('being erased', () => {
  it('takes the written wish, and says that it cannot be taken back', async () => {
    const sent = shown('association_manager', worker)
    await userEvent.click(await screen.findByRole('button', { name: '按本人要求删除' }))
    const dialog = within(await screen.findByRole('dialog'))
    expect(dialog.getByText(/不能恢复/)).toBeTruthy()
    await userEvent.type(dialog.getByRole('textbox'), '本人书面要求')
    await userEvent.click(dialog.getByRole('button', { name: '删除' }))
    await waitFor(() => expect(sent()).toEqual([['/api/workers/w1/erase', { ground: '本人书面要求', revision: worker.revision }]]))
  })
})

describe('the copy', () => {
  it('is made when it is asked for, and not by opening the page', async () => {
    signedIn('association_clerk')
    const copy = { made_on: '2026-11-22', sections: [{ title: '本人', lines: [['证件号码', '330299199001011234']] }, { title: '申诉', lines: [] }], data: {} }
    const asked = serve({ 'POST /api/workers/w1/copy': { body: copy } })
    open(CopyPage, { id: 'w1' })
    expect(await screen.findByText(/不要留存/)).toBeTruthy()
    expect(asked).toEqual([])
    await userEvent.click(screen.getByRole('button', { name: '制作副本' }))
    expect(await screen.findByRole('rowheader', { name: '证件号码' })).toBeTruthy()
    expect(screen.getByRole('heading', { name: '申诉' })).toBeTruthy()
    expect(screen.getByText('没有记录')).toBeTruthy()
    expect(asked).toHaveLength(1)
  })
})
