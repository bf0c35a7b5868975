import { render, screen, waitFor } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'

import { routes } from '@/router'
import { serve } from '@/tests/stub'
import NewWorkerPage from './NewWorkerPage.vue'

function open() {
  const router = createRouter({ history: createMemoryHistory(), routes })
  return render(NewWorkerPage, { global: { plugins: [router] } })
}

afterEach(() => vi.unstubAllGlobals())

describe('registering a worker', () => {
  it('tells of a wrong number while it is typed', async () => {
    open()
    await userEvent.type(await screen.findByLabelText('证件号码'), '330299199001011230')
    expect(await screen.findByText('校验码不对，请逐位核对')).toBeTruthy()
  })

  it('shows the server’s faults at their fields', async () => {
    serve({ 'POST /api/workers': { status: 400, body: { type: 'malformed', detail: '有 1 处错误', errors: [{ field: 'phone', code: 'phone', message: '手机号应为 1 开头的 11 位数字' }] } } })
    open()
    const user = userEvent.setup()
    await user.type(await screen.findByLabelText('姓名'), '王秀芳')
    await user.type(await screen.findByLabelText('证件号码'), '330299199001011239')
    await user.click(screen.getByRole('checkbox', { name: '保洁' }))
    await user.click(screen.getByRole('button', { name: '登记并录入材料' }))
    await waitFor(() => expect(screen.getAllByText(/手机号应为 1 开头/)).toHaveLength(2))
  })

  it('brings the form back after a reload, without what is too private to keep', async () => {
    const first = open()
    await userEvent.type(await screen.findByLabelText('姓名'), '王秀芳')
    await userEvent.type(await screen.findByLabelText('证件号码'), '330299199001011239')
    expect(Object.values({ ...sessionStorage }).join()).not.toContain('330299')
    first.unmount()
    open()
    expect((await screen.findByLabelText<HTMLInputElement>('姓名')).value).toBe('王秀芳')
    expect(screen.getByLabelText<HTMLInputElement>('证件号码').value).toBe('')
  })
})
