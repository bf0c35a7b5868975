import { screen } from '@testing-library/vue'
import { afterEach, describe, expect, it, vi } from 'vitest'

import type { ApplicationState } from '@/api/types'
import { worker } from '@/tests/samples'
import { open, signedIn } from '@/tests/signed'
import { serve } from '@/tests/stub'
import WorkerPage from './WorkerPage.vue'

afterEach(() => vi.unstubAllGlobals())

async function opened(state: ApplicationState) {
  signedIn('company_clerk', { company: 'c1' })
  serve({
    'GET /api/workers/w1': { body: { ...worker, applications: [{ id: 'w1-1', state }] } },
    'GET /api/workers/w1/readiness': { body: { ready: true, missing: [] } },
    'GET /api/workers/w1/files': { body: { items: [], duplicates: [] } },
  })
  open(WorkerPage, { id: 'w1' })
  await screen.findByRole('heading', { name: '历次申请' })
}

describe('the page of a worker’s phone', () => {
  it('is offered once the application was sent', async () => {
    await opened('company_review')
    expect(screen.getByRole('button', { name: '生成手机码' })).toBeTruthy()
  })

  it('is not offered for a draft, of which there is nothing to tell', async () => {
    await opened('draft')
    expect(screen.queryByRole('button', { name: '生成手机码' })).toBeNull()
  })
})
