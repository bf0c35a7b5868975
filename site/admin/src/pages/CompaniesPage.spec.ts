import userEvent from '@testing-library/user-event'
import { screen, within } from '@testing-library/vue'
import { afterEach, expect, test, vi } from 'vitest'

import type { CompanyBrief } from '@/api/types'
import { open, signedIn } from '@/tests/signed'
import { serve } from '@/tests/stub'
import CompaniesPage from './CompaniesPage.vue'

const line = (id: string, name: string, more: Partial<CompanyBrief> = {}): CompanyBrief => ({ id, name, state: 'active', district: null, revision: 1, ...more })

afterEach(() => vi.unstubAllGlobals())

test('who has a change to report is listed with what it is and until when', async () => {
  signedIn('association_clerk')
  serve({
    'GET /api/companies?state=active&limit=50': { body: { items: [line('c1', '甲家政')], next: null } },
    'GET /api/companies?state=changing&limit=50': { body: { items: [line('c2', '乙家政', { change: { what: '名称', due_on: '2026-01-31' } })], next: null } },
  })
  open(CompaniesPage)
  await screen.findByRole('link', { name: '甲家政' })
  expect(screen.queryByRole('columnheader', { name: '变更待报送' })).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: '变更待报送' }))
  const row = within((await screen.findByRole('link', { name: '乙家政' })).closest('tr')!)
  row.getByText('名称')
  row.getByText(/已逾期|逾期/)
})
