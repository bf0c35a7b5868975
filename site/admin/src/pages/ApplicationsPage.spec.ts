import { render, screen, waitFor, within } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'

import { routes } from '@/router'
import { dayAfter, today } from '@/days'
import { session } from '@/session'
import { brief } from '@/tests/samples'
import { serve, type Answers } from '@/tests/stub'
import ApplicationsPage from './ApplicationsPage.vue'

const FIRST = 'GET /api/applications?state=association_review&limit=50'

function open(answers: Answers) {
  const asked = serve(answers)
  const router = createRouter({ history: createMemoryHistory(), routes })
  render(ApplicationsPage, { global: { plugins: [router] } })
  return asked
}

beforeEach(() => {
  session.account = { id: 'a1', role: 'association_clerk', city: '330200', company: null, name: '沈', state: 'active', revision: 1 }
})
afterEach(() => vi.unstubAllGlobals())

describe('the queue', () => {
  it('opens on what waits for the role', async () => {
    open({ [FIRST]: { body: { items: [brief('w1-1', '王*芳')], next: null } } })
    expect((await screen.findAllByRole('link', { name: /王\*芳/ })).length).toBeGreaterThan(0)
    expect(screen.getByRole('button', { name: '协会审核' }).getAttribute('aria-pressed')).toBe('true')
  })

  it('says that a step is empty', async () => {
    open({ [FIRST]: { body: { items: [], next: null } } })
    expect(await screen.findByText('这一环节没有申请')).toBeTruthy()
  })

  it('says what went wrong and reads again on request', async () => {
    let times = 0
    open({ [FIRST]: () => (++times === 1 ? new Error('offline') : { body: { items: [brief('w1-1', '王*芳')], next: null } }) })
    await userEvent.click(await screen.findByRole('button', { name: '重试' }))
    expect(await screen.findByRole('checkbox', { name: /王\*芳/ })).toBeTruthy()
  })

  it('turns pages by the cursor and back', async () => {
    const asked = open({
      [FIRST]: { body: { items: [brief('w1-1', '王*芳')], next: 'CUR' } },
      'GET /api/applications?state=association_review&cursor=CUR&limit=50': { body: { items: [brief('w2-1', '李*英')], next: null } },
    })
    await userEvent.click(await screen.findByRole('button', { name: '下一页' }))
    await screen.findByRole('checkbox', { name: /李\*英/ })
    await userEvent.click(screen.getByRole('button', { name: '上一页' }))
    await screen.findByRole('checkbox', { name: /王\*芳/ })
    expect(asked).toHaveLength(3)
  })

  it('remembers what is chosen while pages are turned, and says how many go at once', async () => {
    const asked = open({
      [FIRST]: { body: { items: [brief('w1-1', '王*芳')], next: 'CUR' } },
      'GET /api/applications?state=association_review&cursor=CUR&limit=50': { body: { items: [brief('w2-1', '李*英')], next: null } },
      'POST /api/batches/applications': { body: { done: 2, items: [{ id: 'w1-1', state: 'background', revision: 8 }, { id: 'w2-1', state: 'background', revision: 8 }] } },
    })
    const user = userEvent.setup()
    await user.click(await screen.findByRole('checkbox', { name: '选择本页全部' }))
    await user.click(screen.getByRole('button', { name: '下一页' }))
    await user.click(await screen.findByRole('checkbox', { name: /李\*英/ }))
    expect(screen.getByRole('region', { name: '已选 2 件' }).textContent).toContain('一次最多 100 件')
    await user.click(screen.getByRole('button', { name: '审核通过' }))
    await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: '审核通过' }))
    expect((await screen.findAllByText(/安全核查/)).length).toBeGreaterThan(0)
    expect(asked.find((one) => one.method === 'POST')?.body).toMatchObject({ items: [{ application: 'w1-1' }, { application: 'w2-1' }] })
    expect(screen.getByText('王*芳')).toBeTruthy()
  })

  it('asks for a company’s applications of one step, not for a page in which some may be', async () => {
    Object.assign(session.account!, { role: 'company_clerk', company: 'c1' })
    const asked = open({
      'GET /api/applications?limit=50': { body: { items: [brief('w1-1', '王*芳')], next: 'CUR' } },
      'GET /api/applications?state=returned&limit=50': { body: { items: [{ ...brief('w9-1', '赵*兰'), state: 'returned' }], next: null } },
    })
    await userEvent.click(await screen.findByRole('button', { name: '退回补正' }))
    expect((await screen.findAllByRole('link', { name: /赵\*兰/ })).length).toBeGreaterThan(0)
    expect(asked.at(-1)?.path).toBe('/api/applications?state=returned&limit=50')
  })

  it('asks the server for one company’s and for those due by a day', async () => {
    const due = dayAfter(today(), -1)
    const asked = open({
      [FIRST]: { body: { items: [], next: null } },
      'GET /api/companies?state=active&limit=200': { body: { items: [{ id: 'c1', name: '甲家政', state: 'active', district: null, revision: 1 }], next: null } },
      [`GET /api/applications?state=association_review&due=${due}&limit=50`]: { body: { items: [brief('w1-1', '王*芳')], next: null } },
      [`GET /api/applications?state=association_review&company=c1&due=${due}&limit=50`]: { body: { items: [brief('w2-1', '李*英')], next: null } },
    })
    await userEvent.click(await screen.findByRole('combobox', { name: '办理期限' }))
    await userEvent.click(await screen.findByRole('option', { name: '已逾期' }))
    expect((await screen.findAllByRole('link', { name: /王\*芳/ })).length).toBeGreaterThan(0)
    await userEvent.click(screen.getByRole('combobox', { name: '人员所属企业' }))
    await userEvent.click(await screen.findByRole('option', { name: '甲家政' }))
    expect((await screen.findAllByRole('link', { name: /李\*英/ })).length).toBeGreaterThan(0)
    expect(asked.at(-1)?.path).toContain('company=c1')
  })

  it('moves many at once, each on its revision, and tells which were not done and why', async () => {
    const asked = open({
      [FIRST]: { body: { items: [brief('w1-1', '王*芳'), brief('w2-1', '李*英'), brief('w3-1', '张*兰')], next: null } },
      'POST /api/batches/applications': {
        body: { done: 1, items: [{ id: 'w1-1', state: 'background', revision: 8 }, { id: 'w2-1', problem: { type: 'not-ready', status: 409, detail: '还不能办理：缺岗前培训合格记录' } }] },
      },
    })
    const user = userEvent.setup()
    await user.click(await screen.findByRole('checkbox', { name: /王\*芳/ }))
    await user.click(screen.getByRole('checkbox', { name: /李\*英/ }))
    await user.click(screen.getByRole('button', { name: '审核通过' }))
    const dialog = await screen.findByRole('dialog')
    await user.click(within(dialog).getByRole('button', { name: '审核通过' }))
    expect(await screen.findByText('办成 1 件，未办成 1 件')).toBeTruthy()
    expect(screen.getByText(/缺岗前培训合格记录/)).toBeTruthy()
    await waitFor(() => expect(screen.queryByRole('checkbox', { name: /王\*芳/ })).toBeNull())
    expect(asked.find((one) => one.method === 'POST')?.body).toEqual({ move: 'accept', items: [{ application: 'w1-1', revision: 7 }, { application: 'w2-1', revision: 7 }] })
  })
})
