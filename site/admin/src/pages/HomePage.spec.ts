import { screen, within } from '@testing-library/vue'
import { afterEach, describe, expect, it, vi } from 'vitest'

import type { ProposalBrief } from '@/api/types'
import { brief, figures } from '@/tests/samples'
import { open, signedIn } from '@/tests/signed'
import { serve, type Answers } from '@/tests/stub'
import HomePage from './HomePage.vue'

const NONE = { body: { items: [], next: null } }
const proposal = (number: string, by_name: string): ProposalBrief => ({
  number, worker: 'w1', name: `持证人${number}`, company_name: '某家政', move: 'suspend', basis: null, by_name, on: '2026-11-18', due_on: '2026-11-20', revision: 1, overdue: true,
})
const QUIET: Answers = Object.fromEntries(
  ['/api/applications?state=authorisation&limit=50', '/api/appeals?state=filed&limit=50', '/api/bulk-stops?state=previewed&limit=50',
    '/api/proposals?state=suspend&limit=50', '/api/proposals?state=revoke&limit=50', '/api/proposals?state=resume&limit=50'].map((path) => [`GET ${path}`, NONE]),
)

const cardOf = async (title: string) => within((await screen.findByRole('heading', { name: title })).closest('section')!)

afterEach(() => vi.unstubAllGlobals())

describe('the home of a company', () => {
  const made = (name: string, card: 'deliver' | 'receive' | null) => ({ ...brief(`${name}-1`, name), state: 'handover' as const, card })
  const LISTED: Answers = {
    'GET /api/applications?state=handover&limit=200': { body: { items: [made('在途人', 'deliver'), made('已签收', 'receive'), made('未发出', null)], next: null } },
    'GET /api/applications?state=returned&limit=50': { body: { items: [brief('退回人-1', '退回人')], next: 'CUR' } },
    'GET /api/applications?state=company_review&limit=50': NONE,
    'GET /api/applications?state=draft&limit=50': NONE,
    'GET /api/transfers?limit=50': NONE,
  }

  it.each(['company_owner', 'company_clerk'] as const)('tells its %s what is to be collected', async (role) => {
    signedIn(role, { company: 'c1' })
    serve(LISTED)
    open(HomePage)
    const card = await cardOf('待签收的证卡')
    expect(card.getAllByRole('link').map((link) => link.textContent)).toEqual(['在途人', '去办理 →'])
    expect(screen.queryByText('未发出')).toBeNull()
  })

  it('says of a step with more than one page that there are more', async () => {
    signedIn('company_clerk', { company: 'c1' })
    serve(LISTED)
    open(HomePage)
    expect((await cardOf('退回补正')).getByText('1+')).toBeTruthy()
  })

  it('tells its owner what is to be handed over', async () => {
    signedIn('company_owner', { company: 'c1' })
    serve(LISTED)
    open(HomePage)
    expect((await cardOf('发放')).getByRole('link', { name: '已签收' })).toBeTruthy()
  })
})

describe('the home of the police', () => {
  it('shows the batches that wait for conclusions', async () => {
    signedIn('police')
    serve({
      'GET /api/applications?state=background&limit=50': NONE,
      'GET /api/background-batches?state=ready': { body: { items: [{ id: '20261122-B1', state: 'ready', at: '2026-11-22T02:00:00Z', members: 40, left: 12, revision: 2 }], next: null } },
    })
    open(HomePage)
    const card = await cardOf('待出结论的送核批次')
    expect(card.getByRole('link', { name: '20261122-B1' }).getAttribute('href')).toBe('/background')
    expect(card.getByText(/40 人，还有 12 人没有结论/)).toBeTruthy()
  })
})

describe('the home of who makes the cards', () => {
  it('shows the batches that were ordered', async () => {
    signedIn('print_vendor')
    serve({
      'GET /api/applications?state=production&limit=50': NONE,
      'GET /api/card-batches?state=ordered&limit=50': { body: { items: [{ id: '20261122-K7PM', state: 'ordered', at: '2026-11-22T02:00:00Z', by_name: '周敏', members: 3, made: 0, unit_fen: null, revision: 1 }], next: null } },
    })
    open(HomePage)
    const card = await cardOf('待制的批次')
    expect(card.getByRole('link', { name: '20261122-K7PM' }).getAttribute('href')).toBe('/card-batches/20261122-K7PM')
    expect(card.getByText(/3 张/)).toBeTruthy()
  })
})

describe('the home of the province', () => {
  it('shows the reports of codes that no city has', async () => {
    signedIn('province_auditor', { city: null })
    serve({
      'GET /api/stats': { body: { day: '2026-11-22', sum: figures, cities: [] } },
      'GET /api/reports?state=new&limit=50': { body: { items: [{ id: 'r1', kind: 'fake', name: null, at: '2026-11-22T02:00:00Z', state: 'new', worker: null, revision: 1 }], next: null } },
    })
    open(HomePage)
    expect((await cardOf('待核实的举报')).getByRole('link', { name: '查无此码' }).getAttribute('href')).toBe('/reports/r1')
  })
})

describe('the home of somebody who decides', () => {
  it('shows what another asked for, and not what oneself did', async () => {
    signedIn('bureau', { name: '周敏' })
    serve({ ...QUIET, 'GET /api/proposals?state=suspend&limit=50': { body: { items: [proposal('1', '沈国良'), proposal('2', '周敏')], next: null } } })
    open(HomePage)
    const heading = await screen.findByRole('heading', { name: '待第二人确认' })
    const card = within(heading.closest('section')!)
    expect(card.getByRole('link', { name: '持证人1' }).getAttribute('href')).toBe('/certificates/1')
    expect(card.queryByRole('link', { name: '持证人2' })).toBeNull()
    expect(card.getByText('其中 1 件已逾期')).toBeTruthy()
  })

  it('says that nothing waits', async () => {
    signedIn('bureau')
    serve(QUIET)
    open(HomePage)
    expect(await screen.findByText('没有等您办理的申请')).toBeTruthy()
  })
})
