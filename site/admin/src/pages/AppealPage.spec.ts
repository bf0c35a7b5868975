import { screen, waitFor, within } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'

import { appeal } from '@/tests/samples'
import { open, signedIn } from '@/tests/signed'
import { serve } from '@/tests/stub'
import AppealPage from './AppealPage.vue'

const DECIDED = { ...appeal, state: 'overturned', moves: [], decided_on: '2026-11-22', reason: '日期登记有误', follows: '请更正有误的登记' }

afterEach(() => vi.unstubAllGlobals())

describe('an appeal', () => {
  it('is decided with a reason, on the revision that was looked at, and then says what follows', async () => {
    signedIn('association_manager')
    const asked = serve({ 'GET /api/appeals/w1-A1': { body: appeal }, 'POST /api/appeals/w1-A1/overturn': { body: DECIDED } })
    open(AppealPage, { id: 'w1-A1' })
    const user = userEvent.setup()
    await user.click(await screen.findByRole('button', { name: '撤销原决定' }))
    const dialog = within(await screen.findByRole('dialog'))
    await user.type(dialog.getByRole('textbox'), '日期登记有误')
    await user.click(dialog.getByRole('button', { name: '撤销原决定' }))
    await screen.findByText('请更正有误的登记')
    expect(asked.find((one) => one.method === 'POST')?.body).toEqual({ ground: '日期登记有误', revision: 9 })
  })

  it('is not decided without a reason', async () => {
    signedIn('association_manager')
    const asked = serve({ 'GET /api/appeals/w1-A1': { body: appeal } })
    open(AppealPage, { id: 'w1-A1' })
    const user = userEvent.setup()
    await user.click(await screen.findByRole('button', { name: '维持原决定' }))
    await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: '维持原决定' }))
    await waitFor(() => expect(screen.getByText('请填写依据')).toBeTruthy())
    expect(asked.some((one) => one.method === 'POST')).toBe(false)
  })

  it('leads to the application that was refused', async () => {
    signedIn('company_owner', { company: 'c1' })
    serve({ 'GET /api/appeals/w1-A1': { body: { ...appeal, subject: 'refusal', about: 'w1-2', moves: ['withdraw'] } } })
    open(AppealPage, { id: 'w1-A1' })
    expect((await screen.findByRole('link', { name: 'w1-2' })).getAttribute('href')).toBe('/applications/w1-2')
    expect(screen.getByRole('button', { name: '撤回申诉' })).toBeTruthy()
  })
})
