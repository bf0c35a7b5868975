import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'

import type { LedgerEntry } from '@/api/types'
import { open, signedIn } from '@/tests/signed'
import { serve } from '@/tests/stub'
import LedgerPage from './LedgerPage.vue'

const entry = (revision: number, action: string, more: Partial<LedgerEntry> = {}): LedgerEntry => ({
  revision, action, at: '2026-11-20T01:00:00Z', by: 'a', role: 'association_clerk', ground: null, note: null, wrote: {}, previous: '', hash: `${revision}abcdef0123`, ...more,
})

afterEach(() => vi.unstubAllGlobals())

describe('the ledger', () => {
  it('is found by the number of a certificate', async () => {
    signedIn('association_manager')
    serve({ 'GET /api/certificates/33020026000000017': { body: { worker: 'w1' } } })
    const { router } = open(LedgerPage)
    const user = userEvent.setup()
    await user.type(screen.getByRole('textbox'), '33020026 000000017')
    await user.click(screen.getByRole('button', { name: '查询' }))
    await vi.waitFor(() => expect(router.currentRoute.value.path).toBe('/ledger/w1'))
  })

  it('tells every decision in words, the newest first, and that the chain is whole', async () => {
    signedIn('association_manager')
    const entries = [entry(1, 'worker.register'), entry(2, 'certificate.suspend.propose', { ground: '某函 8 号' }), entry(3, 'identity.verify', { ground: 'original' }), entry(4, 'application.return', { ground: 'photo-unclear；请重拍' })]
    serve({ 'GET /api/audit/workers/w1': { body: { entries, broken: null } } })
    open(LedgerPage, { id: 'w1' })
    await screen.findByText('共 4 条，次序完整，没有被改动。', { exact: false })
    expect(screen.getAllByRole('row').slice(1).map((row) => row.textContent)).toEqual([
      expect.stringContaining('照片不清晰或不合规；请重拍'), expect.stringContaining('登记人证合一'), expect.stringContaining('提出暂停'), expect.stringContaining('登记人员'),
    ])
    expect(screen.getByText('核对证件原件')).toBeTruthy()
  })

  it('says loudly where the chain does not fit', async () => {
    signedIn('association_manager')
    serve({ 'GET /api/audit/workers/w1': { body: { entries: [entry(1, 'worker.register')], broken: 1 } } })
    open(LedgerPage, { id: 'w1' })
    await screen.findByText(/从第 1 条起与链接不符/)
  })
})
