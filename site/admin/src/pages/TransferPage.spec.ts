import { screen, within } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'

import type { Transfer } from '@/api/types'
import { today } from '@/days'
import { open, signedIn } from '@/tests/signed'
import { serve } from '@/tests/stub'
import TransferPage from './TransferPage.vue'
import TransfersPage from './TransfersPage.vue'

const TRANSFER: Transfer = {
  worker: 'w1', name: '王*芳', revision: 7, company: '甲家政（演示）', state: 'open', to: 'c2', to_name: '乙家政（演示）', ground: '本人要求', on: '2026-11-18',
  due_on: '2026-11-25', overdue: false, agreed: [{ side: 'new', on: '2026-11-18' }], missing: ['old', 'worker'], objection: null, moves: ['agree'],
}

afterEach(() => vi.unstubAllGlobals())

describe('a change of company', () => {
  it('says who has agreed, and for whom it waits until when', async () => {
    signedIn('company_owner', { company: 'c1' })
    serve({ 'GET /api/transfers/w1': { body: TRANSFER } })
    open(TransferPage, { id: 'w1' })
    await screen.findByText('2026-11-18 已同意')
    expect(screen.getAllByText('等待答复，至 2026-11-25').length).toBe(2)
  })

  it('is agreed to by the association with the day of the worker’s signature', async () => {
    signedIn('association_clerk')
    const asked = serve({ 'GET /api/transfers/w1': { body: TRANSFER }, 'POST /api/transfers/w1/agree': { body: { ...TRANSFER, state: 'closed', moves: [] } } })
    open(TransferPage, { id: 'w1' })
    const user = userEvent.setup()
    await user.click(await screen.findByRole('button', { name: '登记本人签字' }))
    const dialog = within(await screen.findByRole('dialog'))
    await user.type(dialog.getByRole('textbox'), '转移申请表')
    await user.click(dialog.getByRole('button', { name: '同意' }))
    await screen.findByText('这次转移已经办结。')
    expect(asked.find((one) => one.method === 'POST')?.body).toEqual({ ground: '转移申请表', revision: 7, signed_on: today() })
  })

  it('is begun by the number of the worker’s document, which is looked at first', async () => {
    signedIn('company_owner', { company: 'c2' })
    const asked = serve({ 'GET /api/transfers?limit=50': { body: { items: [], next: null } }, 'POST /api/transfers': { status: 201, body: TRANSFER } })
    const { router } = open(TransfersPage)
    const user = userEvent.setup()
    await user.click(await screen.findByRole('button', { name: '接收人员' }))
    const dialog = within(await screen.findByRole('dialog'))
    const [document, ground] = dialog.getAllByRole('textbox') as [HTMLElement, HTMLElement]
    await user.type(ground, '本人要求')
    await user.type(document, '330299199001011230')
    await user.click(dialog.getByRole('button', { name: '发起' }))
    await dialog.findByText('校验码不对，请逐位核对')
    expect(asked.some((one) => one.method === 'POST')).toBe(false)
    await user.clear(document)
    await user.type(document, '330299199001011239')
    await user.click(dialog.getByRole('button', { name: '发起' }))
    await vi.waitFor(() => expect(router.currentRoute.value.path).toBe('/transfers/w1'))
    expect(asked.find((one) => one.method === 'POST')?.body).toEqual({ resident_id: '330299199001011239', ground: '本人要求' })
  })
})
