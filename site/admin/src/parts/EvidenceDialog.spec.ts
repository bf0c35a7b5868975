import userEvent from '@testing-library/user-event'
import { render, screen } from '@testing-library/vue'
import { expect, test } from 'vitest'

import { worker } from '@/tests/samples'
import EvidenceDialog from './EvidenceDialog.vue'
import EvidenceGrid from './EvidenceGrid.vue'

const exam = { ...worker.exams[0]!, reference_recorded: true }

/** Opened as a page opens it: after it stands there. */
async function amending(amended: typeof exam) {
  const shown = render(EvidenceDialog, { props: { kind: null, amended: null, busy: false, problem: null } })
  await shown.rerender({ kind: 'exams', amended })
  await userEvent.type(await screen.findByLabelText('更正原因'), '录入有误')
  return shown
}
const saved = async () => userEvent.click(screen.getByRole('button', { name: '保存' }))
const AMENDED = { category: '居家', from: '2026-03-02', until: '2027-03-02', issuer: '某医院', why: '录入有误' }

test('a paper that is amended keeps its number when none is typed', async () => {
  const { emitted } = await amending(exam)
  await saved()
  expect(emitted('save')).toEqual([[AMENDED]])
})

test('another number is sent when one is typed', async () => {
  const { emitted } = await amending(exam)
  await userEvent.type(screen.getByLabelText('编号（不改则留空）'), 'TJ-329')
  await saved()
  expect(emitted('save')).toEqual([[{ ...AMENDED, reference: 'TJ-329' }]])
})

test('a number is taken away when that is ticked', async () => {
  const { emitted } = await amending(exam)
  await userEvent.click(screen.getByLabelText('删去已登记的编号'))
  await saved()
  expect(emitted('save')).toEqual([[{ ...AMENDED, reference: null }]])
})

test('nothing is there to be taken away of a paper without a number', async () => {
  await amending({ ...exam, reference_recorded: false })
  expect(screen.queryByLabelText('删去已登记的编号')).toBeNull()
  screen.getByLabelText('编号（选填）')
})

test('who may see the number of a paper asks for it beside the paper', async () => {
  const told = { worker: { ...worker, exams: [exam] }, readiness: null, offers: [] }
  const { emitted, rerender } = render(EvidenceGrid, { props: told })
  screen.getByText(/编号已登记/)
  expect(screen.queryByRole('button', { name: /查看编号/ })).toBeNull()
  await rerender({ ...told, reveals: true })
  await userEvent.click(screen.getByRole('button', { name: '查看编号 2026-03-02' }))
  expect(emitted('number')).toEqual([['e1']])
})
