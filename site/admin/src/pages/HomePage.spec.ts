import { screen, within } from '@testing-library/vue'
import { afterEach, describe, expect, it, vi } from 'vitest'

import type { ProposalBrief } from '@/api/types'
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

afterEach(() => vi.unstubAllGlobals())

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
