import { screen, waitFor, within } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'

import type { Report } from '@/api/types'
import { open, signedIn } from '@/tests/signed'
import { serve } from '@/tests/stub'
import ReportPage from './ReportPage.vue'

const REPORT: Report = {
  id: 'r1', kind: 'not-the-person', kind_name: '来人不是本人', note: '来人与照片不像', phone_left: true, at: '2026-11-22T01:00:00Z', state: 'new', state_name: '待处理',
  token: 'T', worker: 'w1', name: '王秀芳', company: { id: 'c1', name: '某家政（演示）' }, certificate: { number: '33020026000000017', state: 'active' },
  decided_on: null, reason: null, revision: 1, moves: ['settle', 'dismiss'],
}

afterEach(() => vi.unstubAllGlobals())

describe('a report', () => {
  it('is closed with what was found, on the revision that was looked at', async () => {
    signedIn('association_clerk')
    const asked = serve({
      'GET /api/reports/r1': { body: REPORT },
      'POST /api/reports/r1/settle': { body: { ...REPORT, state: 'settled', moves: [], reason: '已换人', decided_on: '2026-11-22', revision: 2 } },
    })
    open(ReportPage, { id: 'r1' })
    const user = userEvent.setup()
    await user.click(await screen.findByRole('button', { name: '属实，登记处理结果' }))
    const dialog = within(await screen.findByRole('dialog'))
    await user.click(dialog.getByRole('button', { name: '属实，登记处理结果' }))
    expect(asked.some((one) => one.method === 'POST')).toBe(false)
    await user.type(dialog.getByRole('textbox'), '已换人')
    await user.click(dialog.getByRole('button', { name: '属实，登记处理结果' }))
    await screen.findByText('处理结果')
    expect(asked.find((one) => one.method === 'POST')?.body).toEqual({ ground: '已换人', revision: 1 })
  })

  it('tells of the household no more than that it left a phone', async () => {
    signedIn('bureau')
    serve({ 'GET /api/reports/r1': { body: { ...REPORT, moves: [] } } })
    open(ReportPage, { id: 'r1' })
    await screen.findByText(/工作人员看不到号码/)
    await waitFor(() => expect(screen.getByText('由协会核实处理，您可以查看。')).toBeTruthy())
  })

  it('says how to look into a code that nobody issued', async () => {
    signedIn('association_clerk')
    serve({ 'GET /api/reports/r1': { body: { ...REPORT, worker: null, name: null, company: null, certificate: null } } })
    open(ReportPage, { id: 'r1' })
    await screen.findByRole('heading', { name: '举报：查无此码' })
    expect(screen.getByText(/多为伪造或外地证件/)).toBeTruthy()
  })
})
