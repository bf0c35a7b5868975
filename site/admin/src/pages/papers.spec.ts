/** The printed forms: what they are filled with, and what they never hold. */
import { render, screen } from '@testing-library/vue'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'

import { holdPins } from '@/pins'
import { routes } from '@/router'
import { session } from '@/session'
import { application, brief, worker } from '@/tests/samples'
import { serve } from '@/tests/stub'
import { AUTHORISATIONS, LATEST, versionOf } from '@/words/papers'
import ApplicantFormPage from './ApplicantFormPage.vue'
import AuthorisationPage from './AuthorisationPage.vue'
import CodeSheetPage from './CodeSheetPage.vue'
import HandOverPage from './HandOverPage.vue'
import PrintCardsPage from './PrintCardsPage.vue'
import RecheckProofPage from './RecheckProofPage.vue'

const router = createRouter({ history: createMemoryHistory(), routes })
const open = (page: object, props = {}) => render(page, { props, global: { plugins: [router] } })

afterEach(() => {
  vi.unstubAllGlobals()
  session.account = null
})

describe('the authorisation', () => {
  it('is of the version that the consent in force was given on', () => {
    expect(versionOf({ given_on: '2026-05-10', withdrawn_on: null, text: '2026-1' })).toBe('2026-1')
  })

  it.each([
    { given_on: null, withdrawn_on: null, text: null },
    { given_on: '2026-05-10', withdrawn_on: '2026-06-01', text: 'old' },
    { given_on: '2026-05-10', withdrawn_on: null, text: 'a text that nobody knows' },
  ])('is of the latest version where none is in force or known', (consent) => {
    expect(versionOf(consent)).toBe(LATEST)
    expect(AUTHORISATIONS[LATEST]).toBeTruthy()
  })

  it('names worker, company and version, and leaves the document number to the person', async () => {
    serve({ 'GET /api/workers/w1': { body: worker } })
    open(AuthorisationPage, { id: 'w1' })
    expect(await screen.findByText('王秀芳')).toBeTruthy()
    expect(screen.getByText(/文本版本 2026-1.档案编号/)).toBeTruthy()
    expect(screen.getByLabelText('证件号码，由本人填写').children).toHaveLength(18)
  })
})

describe('the applicant’s form', () => {
  it('is filled with what the archive holds', async () => {
    serve({ 'GET /api/workers/w1': { body: worker } })
    open(ApplicantFormPage, { id: 'w1' })
    expect(await screen.findByText('☑ 居家保姆')).toBeTruthy()
    expect(screen.getByText('□ 保洁')).toBeTruthy()
    expect(screen.getByText(/2026-03-02 至 2027-03-02/)).toBeTruthy()
  })
})

describe('the sheet of a worker without a smartphone', () => {
  const certificate = { number: '33020026000000017', state: 'active', issued_on: '2026-11-01', until: null, review_due: null, token: 'T', url: 'HTTPS://X.TEST/V/T' }

  it('has the code and how to check it, and says where PINs come from', async () => {
    serve({ 'GET /api/workers/w1': { body: { ...worker, certificate } } })
    open(CodeSheetPage, { id: 'w1' })
    expect(await screen.findByRole('img', { name: '安心码' })).toBeTruthy()
    expect(screen.getByText('x.test')).toBeTruthy()
    expect(screen.getByText(/口令只在生成时显示一次/)).toBeTruthy()
    expect(screen.queryByText(/的口令/)).toBeNull()
  })

  it('has the PINs that were made just now, and how they are used', async () => {
    serve({ 'GET /api/workers/w2': { body: { ...worker, id: 'w2' } } })
    holdPins('w2', ['123456', '654321'])
    open(CodeSheetPage, { id: 'w2' })
    expect(await screen.findByText('123 456')).toBeTruthy()
    expect(screen.getByText(/沿虚线剪开.*不要给任何人看/)).toBeTruthy()
  })
})

describe('the hand-over list', () => {
  it('has one sheet for each company with the cards that wait', async () => {
    session.account = { id: 'a', role: 'association_clerk', city: '330200', company: null, name: '经办', state: 'active', revision: 1 }
    const certificate = { number: '33020026123456785', state: 'issued' as const, issued_on: '2026-11-20', until: null, review_due: null, token: 'T', url: 'U' }
    const made = { ...application, state: 'handover' as const, worker: { ...worker, certificate } }
    serve({
      'GET /api/applications?state=handover&limit=200': { body: { items: [{ ...brief('w1-1', '王**'), state: 'handover' }], next: null } },
      'GET /api/applications/w1-1': { body: made },
    })
    open(HandOverPage)
    expect(await screen.findByText('33020026123456785')).toBeTruthy()
    expect(screen.getByText(/宁波某家政（演示）.共 1 张/)).toBeTruthy()
  })
})

describe('the proof of police checks', () => {
  it('lists who was checked when, with the conclusion, and nothing more', async () => {
    const company = { id: 'c1', name: '宁波某家政（演示）', state: 'active', district: null, revision: 1, credit_code: '91330200TEST00001X', since: '2026-01-01', ground: null }
    const year = new Date(Date.now() + 8 * 3_600_000).getUTCFullYear()
    serve({
      'GET /api/companies/c1': { body: company },
      [`GET /api/companies/c1/recheck-proof?state=${year}&limit=200`]: { body: { items: [{ worker: 'w1', name: '王秀芳', conclusion: 'passed', checked_on: '2026-11-20', revision: 3 }], next: null } },
    })
    open(RecheckProofPage, { id: 'c1' })
    expect(await screen.findByText('2026-11-20')).toBeTruthy()
    expect(screen.getByText('通过')).toBeTruthy()
  })
})

describe('the cards to make', () => {
  it('tell of each that is not made why', async () => {
    const ordered = (number: string, hindrance: string | null) => ({
      application: `w${number}-1`, number, name: '王秀芳', issuer: '协会', issued_on: '2026-11-20', url: 'U', company_name: '企业', state: 'production', hindrance,
    })
    serve({
      'GET /api/card-batches/b1': { body: { id: 'b1', cards: [ordered('1', '已补办换码或另发新证，这张勿制'), ordered('2', null)] } },
      'GET /api/certificates/2/card': { status: 409, body: { type: 'not-in-force', detail: '证书已暂停' } },
    })
    open(PrintCardsPage, { batch: 'b1' })
    expect(await screen.findByText('1：已补办换码或另发新证，这张勿制')).toBeTruthy()
    expect(await screen.findByText('2：证书已暂停')).toBeTruthy()
  })

  it.each([[null, 0], ['the 101st', 1]])('say when there are more than are shown (next: %s)', async (next, told) => {
    const waiting = { ...application, state: 'production' as const, worker: { ...worker, certificate: null } }
    serve({
      'GET /api/applications?state=production&limit=100': { body: { items: [{ ...brief('w1-1', '王**'), state: 'production' }], next } },
      'GET /api/applications/w1-1': { body: waiting },
    })
    open(PrintCardsPage)
    await screen.findByText('没有待制的卡片')
    expect(screen.queryAllByText(/只列出办理期限在前的 100 件/)).toHaveLength(told)
  })
})
