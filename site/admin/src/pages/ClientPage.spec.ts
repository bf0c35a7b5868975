import { screen, within } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'

import type { Client } from '@/api/types'
import { open, signedIn } from '@/tests/signed'
import { serve } from '@/tests/stub'
import AccountsPage from './AccountsPage.vue'
import ClientPage from './ClientPage.vue'

const client: Client = {
  id: 'h1', role: 'feed', city: '330200', company: null, name: '某医院（演示）', state: 'active', revision: 3, scopes: ['exam.feed'], key: null,
  keys: [{ id: 'K1', since: '2026-11-01T02:00:00Z', until: null, last_used_on: null }],
}
const KEY = 'axm_K2_MADEUP'

afterEach(() => vi.unstubAllGlobals())

describe('a machine client', () => {
  it('is made with what it may, and its key is told once', async () => {
    signedIn('association_manager')
    const asked = serve({ 'GET /api/accounts?state=active&limit=50': { body: { items: [], next: null } }, 'POST /api/clients': { body: { ...client, key: KEY } } })
    open(AccountsPage)
    const user = userEvent.setup()
    await user.click(screen.getByRole('button', { name: '开通数据接口' }))
    await user.type(await screen.findByLabelText(/单位名称/), '某医院（演示）')
    await user.click(screen.getByRole('checkbox', { name: '推送体检结果' }))
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: '开通数据接口' }))
    expect(await screen.findByDisplayValue(KEY)).toBeTruthy()
    expect(asked.find((one) => one.path === '/api/clients')?.body).toEqual({ role: 'feed', name: '某医院（演示）', scopes: ['exam.feed'] })
  })

  it('gets another key on the revision that was looked at; a repeat that tells none says what to do', async () => {
    signedIn('association_manager')
    const asked = serve({ 'GET /api/clients/h1': { body: client }, 'POST /api/clients/h1/keys': { body: { ...client, revision: 4 } } })
    open(ClientPage, { id: 'h1' })
    const user = userEvent.setup()
    expect(await screen.findByText('没有用过')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: '换新密钥' }))
    expect(await screen.findByText(/没有保存的，请换新密钥/)).toBeTruthy()
    expect(asked.find((one) => one.method === 'POST')?.body).toEqual({ revision: 3 })
  })

  it('is no account to be made for a person', async () => {
    signedIn('association_manager')
    serve({ 'GET /api/accounts?state=active&limit=50': { body: { items: [{ id: 'h1', name: '某医院（演示）', role: 'feed', company: null, state: 'active', revision: 3 }], next: null } } })
    open(AccountsPage)
    expect((await screen.findByRole('link', { name: '某医院（演示）' })).getAttribute('href')).toBe('/clients/h1')
    expect(screen.queryByRole('button', { name: '重置验证器 某医院（演示）' })).toBeNull()
    expect(screen.getByRole('button', { name: '停用 某医院（演示）' })).toBeTruthy()
  })
})
