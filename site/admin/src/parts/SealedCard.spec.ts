import userEvent from '@testing-library/user-event'
import { render, screen } from '@testing-library/vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import type { Revealed } from '@/api/types'
import { worker } from '@/tests/samples'
import SealedCard from './SealedCard.vue'

const OPENED: Revealed = { field: 'phone', value: '13900000000', today: 3, most: 200 }
const card = (more = {}) => render(SealedCard, { props: { worker, opened: null, views: null, busy: false, problem: null, ...more } })

beforeEach(() => { vi.useFakeTimers({ shouldAdvanceTime: true }) })
afterEach(() => { vi.useRealTimers() })

test('nothing is asked for without a purpose', async () => {
  const { emitted } = card()
  await userEvent.click(screen.getByRole('button', { name: '查看' }))
  screen.getByText('请先选择用途')
  expect(emitted('see')).toBeUndefined()
})

test('a field is hidden after a minute, and says which of the day’s looks it is', async () => {
  const { emitted } = card({ opened: OPENED })
  screen.getByText('13900000000')
  screen.getByText('您今天第 3 次查看，每天最多 200 次。')
  await vi.advanceTimersByTimeAsync(59_000)
  expect(emitted('hide')).toBeUndefined()
  await vi.advanceTimersByTimeAsync(2_000)
  expect(emitted('hide')?.length).toBeGreaterThan(0)
})

test('who looked is told with organisation and purpose', () => {
  card({ views: [{ day: '2026-11-20', organisation: '宁波市协会', role: '协会经办人', what: '联系电话', purpose: '处理投诉举报' }] })
  screen.getByText(/宁波市协会（协会经办人）查看联系电话：处理投诉举报/)
})

const numbered = { exams: worker.exams.map((one) => ({ ...one, reference_recorded: true })), insurances: worker.insurances }

test('the number of a paper is asked for with its paper, and of a paper without one it is not offered', async () => {
  const { emitted } = card({ worker: numbered })
  await userEvent.click(screen.getByRole('combobox', { name: '查看哪一项' }))
  expect(screen.queryByText(/保险单编号/)).toBeNull()
  await userEvent.click(await screen.findByText('体检合格证编号（2026-03-02，某医院）'))
  await userEvent.click(screen.getByRole('combobox', { name: '请选择用途' }))
  await userEvent.click(await screen.findByText('核对证件'))
  await userEvent.click(screen.getByRole('button', { name: '查看' }))
  expect(emitted('see')).toEqual([[{ field: 'exam_reference', paper: 'e1', purpose: 'identity-check' }]])
})

test('a field of the worker is asked for without a paper', async () => {
  const { emitted } = card({ worker: numbered })
  await userEvent.click(screen.getByRole('combobox', { name: '请选择用途' }))
  await userEvent.click(await screen.findByText('联系本人'))
  await userEvent.click(screen.getByRole('button', { name: '查看' }))
  expect(emitted('see')).toEqual([[{ field: 'phone', purpose: 'call-back' }]])
})
