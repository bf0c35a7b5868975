import userEvent from '@testing-library/user-event'
import { screen, within } from '@testing-library/vue'
import { afterEach, expect, test, vi } from 'vitest'

import type { WorkerBrief } from '@/api/types'
import { open, signedIn } from '@/tests/signed'
import { serve, type Answers } from '@/tests/stub'
import WorkersPage from './WorkersPage.vue'

const line = (id: string, name: string, missing?: WorkerBrief['missing']): WorkerBrief => ({
  id, name, service_types: ['保洁'], company: 'c1', company_name: '某家政', certificate: 'none', application: null, last_application: null,
  transfer: null, revision: 1, ...(missing ? { missing } : {}),
})
const LISTED: Answers = {
  'GET /api/workers?limit=50': { body: { items: [line('w1', '王*芳', []), line('w2', '李*英', ['exam-weak', 'training-missing']), line('w3', '张*兰')], next: 'CUR' } },
  'GET /api/workers?cursor=CUR&limit=50': { body: { items: [line('w4', '赵*兰', [])], next: null } },
}
const rowOf = async (name: string) => within((await screen.findByRole('link', { name })).closest('tr')!)

afterEach(() => vi.unstubAllGlobals())

test('each worker’s readiness stands in the list: ready, what is missing, or not told', async () => {
  signedIn('company_clerk', { company: 'c1' })
  serve(LISTED)
  open(WorkersPage)
  expect((await rowOf('王*芳')).getByText('齐全')).toBeTruthy()
  expect((await rowOf('李*英')).getAllByRole('listitem').map((one) => one.textContent)).toEqual(['体检类别不够', '缺岗前培训'])
  expect((await rowOf('张*兰')).queryByText('齐全')).toBeNull()
})

test('the police are shown no column of papers', async () => {
  signedIn('police')
  serve({ 'GET /api/workers?state=none&limit=50': { body: { items: [line('w1', '王*芳')], next: null } } })
  open(WorkersPage)
  await screen.findByRole('link', { name: '王*芳' })
  expect(screen.queryByRole('columnheader', { name: '材料' })).toBeNull()
})

test('workers are chosen over several pages and applied for together', async () => {
  signedIn('company_clerk', { company: 'c1' })
  const asked = serve({ ...LISTED, 'POST /api/batches/openings': { body: { done: 4, items: [] } } })
  open(WorkersPage)
  await userEvent.click(await screen.findByRole('checkbox', { name: '选择本页全部' }))
  await userEvent.click(screen.getByRole('button', { name: '下一页' }))
  await userEvent.click(await screen.findByRole('checkbox', { name: '选择 赵*兰' }))
  await userEvent.click(screen.getByRole('button', { name: '批量申请' }))
  await userEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: '提交' }))
  expect(asked.find((one) => one.method === 'POST')?.body).toEqual({ workers: ['w1', 'w2', 'w3', 'w4'] })
})
