import { screen, waitFor } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'

import type { Stats } from '@/api/types'
import { figures } from '@/tests/samples'
import { open, signedIn } from '@/tests/signed'
import { serve } from '@/tests/stub'
import HomePage from './HomePage.vue'
import StatsPage from './StatsPage.vue'

const ningbo = { city: '330200', name: '宁波市', counting: false, figures }
const stats: Stats = {
  day: '2026-11-22', cities: [ningbo], sum: figures,
  companies: [{ company: 'c1', name: '甲家政（演示）', workers: 8, holders: 6, returned: 4, refused: 1, in_time: 4, late: 1 }],
}

afterEach(() => vi.unstubAllGlobals())

describe('statistics', () => {
  it('are shown with what each share is of, drawn and as a table', async () => {
    signedIn('bureau')
    serve({ 'GET /api/stats': { body: stats } })
    open(StatsPage)

    expect(await screen.findByText('75.0%', { selector: 'dd' })).toBeTruthy()
    expect(screen.getByText('9 名持证人员中 3 人近 30 天有住户确认入户')).toBeTruthy()
    expect(await screen.findByRole('img', { name: '今天的颜色' }, { timeout: 15_000 })).toBeTruthy()
    expect(screen.getByText('甲家政（演示）', { selector: 'th' })).toBeTruthy()
  })

  it('are handed over as a file', async () => {
    signedIn('bureau')
    serve({ 'GET /api/stats': { body: { ...stats, companies: [] } } })
    const made: Blob[] = []
    vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: (blob: Blob) => { made.push(blob); return 'blob:x' }, revokeObjectURL: () => undefined }))
    open(StatsPage)
    await userEvent.click((await screen.findAllByRole('button', { name: '下载 CSV' }))[0]!)

    await waitFor(() => expect(made).toHaveLength(1))
  })

  it('say that they are being counted anew, and that there is nothing yet', async () => {
    signedIn('association_clerk')
    const none = { ...figures, workers: 0, holders: 0, shown: 0, holding_rate: null, showing_rate: null }
    serve({ 'GET /api/stats': { body: { ...stats, sum: none, cities: [{ ...ningbo, figures: none, counting: true }] } } })
    open(StatsPage)

    expect(await screen.findByText('还没有登记人员')).toBeTruthy()
    expect(screen.getByRole('status').textContent).toContain('正在重新统计')
  })

  it('are the home of the province auditor: every city in a table', async () => {
    signedIn('province_auditor', { city: null })
    serve({ 'GET /api/stats': { body: { ...stats, companies: [], cities: [ningbo, { ...ningbo, city: '330400', name: '嘉兴市' }] } } })
    open(HomePage)

    expect(await screen.findByRole('rowheader', { name: '嘉兴市' })).toBeTruthy()
    expect(screen.getByRole('rowheader', { name: '全省合计' })).toBeTruthy()
  })
})
