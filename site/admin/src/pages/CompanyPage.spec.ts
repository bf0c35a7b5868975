import { screen, waitFor, within } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { today } from '@/days'
import { company } from '@/tests/samples'
import { open, signedIn } from '@/tests/signed'
import { serve } from '@/tests/stub'
import CompanyPage from './CompanyPage.vue'

beforeEach(() => signedIn('company_owner', { company: 'c1' }))
afterEach(() => vi.unstubAllGlobals())

async function dialogOf() {
  const user = userEvent.setup()
  await user.click(await screen.findByRole('button', { name: '登记变更' }))
  return { user, dialog: within(await screen.findByRole('dialog')) }
}

describe('a company’s change', () => {
  it('sends only what was changed, on the revision that was looked at', async () => {
    const asked = serve({ 'GET /api/companies/c1': { body: company }, 'POST /api/companies/c1/details': { body: { ...company, representative: '陈某', reported_late: 3 } } })
    open(CompanyPage, { id: 'c1' })
    const { user, dialog } = await dialogOf()
    await user.type(dialog.getByLabelText('负责人'), '陈某')
    await user.type(dialog.getByLabelText(/^依据/), '新营业执照')
    await user.click(dialog.getByRole('button', { name: '保存' }))
    expect(await screen.findByText('迟报 3 天')).toBeTruthy()
    expect(asked.find((one) => one.method === 'POST')?.body).toEqual({ representative: '陈某', changed_on: today(), ground: '新营业执照', revision: 5 })
  })

  it('says that nothing was changed', async () => {
    const asked = serve({ 'GET /api/companies/c1': { body: company } })
    open(CompanyPage, { id: 'c1' })
    const { user, dialog } = await dialogOf()
    await user.type(dialog.getByLabelText(/^依据/), '新营业执照')
    await user.click(dialog.getByRole('button', { name: '保存' }))
    await waitFor(() => expect(dialog.getByText('请至少改动一项')).toBeTruthy())
    expect(asked.some((one) => one.method === 'POST')).toBe(false)
  })

  it('is told as late before it is saved, sixteen days on', async () => {
    serve({ 'GET /api/companies/c1': { body: company } })
    open(CompanyPage, { id: 'c1' })
    const { user, dialog } = await dialogOf()
    const day = dialog.getByLabelText('变更日期')
    await user.clear(day)
    await user.type(day, today(Date.now() - 16 * 86_400_000))
    expect(await dialog.findByText('迟报 1 天')).toBeTruthy()
  })
})
