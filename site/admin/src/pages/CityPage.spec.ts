import { fireEvent, screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'

import { today } from '@/days'
import { city } from '@/tests/samples'
import { open, signedIn } from '@/tests/signed'
import { serve } from '@/tests/stub'
import CityPage from './CityPage.vue'

const CITY = 'GET /api/cities/330200'

afterEach(() => vi.unstubAllGlobals())

describe('a city’s rules', () => {
  it('say what holds, and offer the bureau a standing authorisation', async () => {
    signedIn('bureau')
    const asked = serve({ [CITY]: { body: city }, 'POST /api/authorisation': { body: { ...city, standing: { first: today(), last: '2099-12-31', ground: '某函 31 号' } } } })
    open(CityPage)
    const user = userEvent.setup()
    expect(await screen.findByText('没有培训记录：灰色')).toBeTruthy()
    await user.type(screen.getByLabelText('截止日期（当日有效）'), '2099-12-31')
    await user.type(screen.getByLabelText('授权文件（名称、文号）'), '某函 31 号')
    await user.click(screen.getByRole('button', { name: '给予授权' }))
    expect(await screen.findByText('有效')).toBeTruthy()
    expect(screen.getByRole('button', { name: '撤回授权' })).toBeTruthy()
    expect(asked.find((one) => one.method === 'POST')?.body).toEqual({ from: today(), until: '2099-12-31', ground: '某函 31 号' })
  })

  it('let the administrator choose, beginning with what was chosen before, in plain words', async () => {
    signedIn('administrator', { city: null })
    const asked = serve({ [CITY]: { body: city }, 'POST /api/cities/330200/choices': { body: city } })
    open(CityPage)
    const user = userEvent.setup()
    await user.type(await screen.findByLabelText(/城市代码/), '330200{enter}')
    await user.click(await screen.findByRole('radio', { name: '须先启用' }))
    expect(screen.getAllByText('没有培训记录：灰色')).toHaveLength(2)
    await user.type(screen.getByLabelText(/写明文号/), '市规定')
    await user.click(screen.getByRole('button', { name: '保存规定' }))
    await vi.waitFor(() => expect(asked.find((one) => one.method === 'POST')?.body).toEqual({
      from: today(Date.now() + 86_400_000), ground: '市规定', grounds: { 'training-missing': 'grey' }, activation_required: true,
    }))
  })

  it('offer what the policy of the chosen day leaves to the city, and send nothing else', async () => {
    signedIn('administrator')
    const asked = serve({ [CITY]: { body: city }, 'POST /api/cities/330200/choices': { body: city } })
    open(CityPage)
    const user = userEvent.setup()
    expect(await screen.findByRole('combobox', { name: '没有体检记录' })).toBeTruthy()
    expect(screen.queryByRole('combobox', { name: '安全核查未出结论' })).toBeNull()
    await user.click(screen.getByRole('radio', { name: '须先启用' }))
    await fireEvent.update(screen.getByLabelText(/^从哪天起/), '2099-02-01')
    expect(screen.queryByRole('radio', { name: '须先启用' })).toBeNull()
    expect(screen.queryByRole('combobox', { name: '没有培训记录' })).toBeNull()
    await user.type(screen.getByLabelText(/写明文号/), '市规定')
    await user.click(screen.getByRole('button', { name: '保存规定' }))
    await vi.waitFor(() => expect(asked.find((one) => one.method === 'POST')?.body).toEqual({ from: '2099-02-01', ground: '市规定', grounds: {} }))
  })

  it('are only to be read by a clerk', async () => {
    signedIn('association_clerk')
    serve({ [CITY]: { body: city } })
    open(CityPage)
    await screen.findByText('没有培训记录：灰色')
    expect(screen.queryByRole('button')).toBeNull()
  })
})
