import userEvent from '@testing-library/user-event'
import { render, screen, waitFor } from '@testing-library/vue'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import type { Standing } from '@/api/types'
import { session } from '@/session'
import { signedIn } from '@/tests/signed'
import { serve } from '@/tests/stub'
import FactorPanel from './FactorPanel.vue'

const OFFER = 'POST /api/me/second-factor/offer'
const CONFIRM = 'POST /api/me/second-factor/confirm'
const CHECK = 'POST /api/me/second-factor/check'
const standing: Standing = { needed: true, held: false, passed: false, recovery_left: 0, reset_at: null }
const type = async (text: string) => userEvent.type(screen.getByRole('textbox'), `${text}{Enter}`)

beforeEach(() => signedIn('police'))
afterEach(() => {
  vi.unstubAllGlobals()
  session.account = null
})

it('binds an authenticator: picture and key, its code, recovery codes, and then on', async () => {
  session.account!.second_factor = standing
  const asked = serve({
    [OFFER]: { body: { secret: 'ABCDEFGHIJKL', address: 'otpauth://totp/x', svg: '<svg/>' } },
    [CONFIRM]: { body: { recovery_codes: ['AAAAA-11111', 'BBBBB-22222'] } },
  })
  const { emitted } = render(FactorPanel)

  await userEvent.click(screen.getByRole('button', { name: '开始绑定' }))
  expect((await screen.findByRole('img')).getAttribute('src')).toContain('data:image/svg+xml')
  expect(screen.getByText('ABCD EFGH IJKL')).toBeTruthy()
  await type('123 456')

  expect(await screen.findByText('AAAAA-11111')).toBeTruthy()
  expect(asked[1]?.body).toEqual({ code: '123456' })
  expect(emitted('passed')).toBeUndefined()
  await userEvent.click(screen.getByRole('button', { name: '已保存，继续' }))
  expect(emitted('passed')).toHaveLength(1)
})

it('asks who holds one for its code, says what was wrong, and takes a recovery code instead', async () => {
  session.account!.second_factor = { ...standing, held: true, recovery_left: 9 }
  let wrong = true
  const asked = serve({
    [CHECK]: () => (wrong ? { status: 409, body: { type: 'second-factor-wrong', detail: '动态码不正确或已用过' } } : { body: standing }),
  })
  const { emitted } = render(FactorPanel)

  await type('000000')
  expect(await screen.findByText('动态码不正确或已用过')).toBeTruthy()
  wrong = false
  await userEvent.click(screen.getByRole('checkbox'))
  await type('ABCDE-12345')

  await waitFor(() => expect(emitted('passed')).toHaveLength(1))
  expect(asked.map((one) => one.body)).toEqual([{ code: '000000' }, { code: 'ABCDE-12345' }])
})

it('sends nothing that is no code', async () => {
  session.account!.second_factor = { ...standing, held: true }
  const asked = serve({})
  render(FactorPanel)
  await type('12345')
  expect(await screen.findByText('请输入验证器上的六位数字')).toBeTruthy()
  expect(asked).toEqual([])
})

it('tells whose authenticator was taken away when that was', () => {
  session.account!.second_factor = { ...standing, reset_at: '2026-11-22T01:00:00Z' }
  render(FactorPanel)
  expect(screen.getByRole('alert').textContent).toContain('09:00')
})
