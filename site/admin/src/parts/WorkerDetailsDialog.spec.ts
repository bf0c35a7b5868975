import { screen, waitFor, within } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'

import type { Role } from '@/api/types'
import WorkerPage from '@/pages/WorkerPage.vue'
import { worker } from '@/tests/samples'
import { open, signedIn } from '@/tests/signed'
import { serve } from '@/tests/stub'

afterEach(() => vi.unstubAllGlobals())

async function dialogOf(role: Role) {
  signedIn(role, { company: role === 'company_clerk' ? 'c1' : null })
  const asked = serve({
    'GET /api/workers/w1': { body: worker },
    'GET /api/workers/w1/readiness': { body: { ready: true, missing: [] } },
    'GET /api/workers/w1/files': { body: { items: [], duplicates: [] } },
    'POST /api/workers/w1/details': { body: { ...worker, name: '王秀方', revision: 6 } },
  })
  open(WorkerPage, { id: 'w1' })
  const user = userEvent.setup()
  await user.click(await screen.findByRole('button', { name: '更正登记信息' }))
  const dialog = within(await screen.findByRole('dialog'))
  const sent = () => asked.filter((one) => one.method === 'POST').map((one) => one.body)
  return { user, dialog, sent }
}

describe('a worker’s details', () => {
  it('sends only what was corrected, on the revision that was looked at', async () => {
    const { user, dialog, sent } = await dialogOf('company_clerk')
    await user.type(dialog.getByLabelText(/^手机号/), '13900000000')
    await user.click(dialog.getByLabelText('删去已登记的住址'))
    await user.click(dialog.getByLabelText('月嫂'))
    await user.type(dialog.getByLabelText(/^更正原因/), '本人申请')
    await user.click(dialog.getByRole('button', { name: '保存' }))
    await waitFor(() => expect(sent()).toEqual([{ phone: '13900000000', address: null, service_types: ['居家保姆', '月嫂'], why: '本人申请', revision: 5 }]))
  })

  it('lets the association say how a name was compared, and shows the name', async () => {
    const { user, dialog, sent } = await dialogOf('association_clerk')
    await user.clear(dialog.getByLabelText('姓名'))
    await user.type(dialog.getByLabelText('姓名'), '王秀方')
    expect(dialog.getByText(/身份转为“尚未核验”/)).toBeTruthy()
    await user.click(dialog.getByLabelText('核对证件原件'))
    expect(dialog.queryByText(/身份转为“尚未核验”/)).toBeNull()
    await user.type(dialog.getByLabelText(/^更正原因/), '登记时误写')
    await user.click(dialog.getByRole('button', { name: '保存' }))
    expect(await screen.findByText(/王秀方/)).toBeTruthy()
    expect(sent()).toEqual([{ name: '王秀方', how: 'original', why: '登记时误写', revision: 5 }])
  })

  it('offers a company no comparing, and says that nothing was changed', async () => {
    const { user, dialog, sent } = await dialogOf('company_clerk')
    await user.type(dialog.getByLabelText(/^更正原因/), '本人申请')
    await user.click(dialog.getByRole('button', { name: '保存' }))
    expect(await dialog.findByText('请至少改动一项')).toBeTruthy()
    expect(dialog.queryByLabelText('核对证件原件')).toBeNull()
    expect(sent()).toEqual([])
  })
})
