import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'

import { rights } from '@/api/rights'
import { open, signedIn } from '@/tests/signed'
import { serve } from '@/tests/stub'
import { AFTER } from '@/words/hotline'
import HotlinePage from './HotlinePage.vue'

const NUMBER = '33020026000000017'
const HELD = { number: NUMBER, token: 'T', name: '王**', state: 'active' }
const CHECK = {
  result: 'known', colour: 'yellow', as_of: '2026-11-22T10:00:00+08:00',
  reasons: [{ code: 'exam-lapsed', group: 'paperwork', since: '2026-11-20', text: '体检已于2026-11-19到期' }],
  holder: { name: '王*', service_types: ['保洁'], company: '宁波某家政（演示）', certificate: '…0017' },
}

async function find(): Promise<void> {
  const user = userEvent.setup()
  await user.type(screen.getByRole('textbox'), '3302 0026 0000 0001 7')
  await user.click(screen.getByRole('button', { name: '查询' }))
}

afterEach(() => vi.unstubAllGlobals())

describe('the hotline', () => {
  it('reads out the colour with the reason, and is told no more than the public', async () => {
    signedIn('hotline')
    const asked = serve({ [`GET /api/certificates/${NUMBER}`]: { body: HELD }, 'GET /v/T': { body: CHECK } })
    open(HotlinePage)
    await find()
    await screen.findByText('具体是：体检已于2026-11-19到期。')
    expect(screen.getByText('王*')).toBeTruthy()
    expect(screen.getByText(AFTER['exam-lapsed'] ?? '?')).toBeTruthy()
    expect(asked.find((one) => one.path === '/v/T')?.headers.Authorization).toBeUndefined()
  })

  it('says of a number that nobody has what to say, not that something failed', async () => {
    signedIn('hotline')
    serve({})
    open(HotlinePage)
    await find()
    await screen.findByText('没有这个编号的证书')
    expect(screen.queryByRole('alert')).toBe(null)
  })

  it('tells nothing of a holder who has switched the code off', async () => {
    signedIn('hotline')
    const gone = { ...CHECK, colour: 'grey', holder: null, reasons: [{ code: 'consent-withdrawn', group: 'unknown', since: null, text: '本人已停用' }] }
    serve({ [`GET /api/certificates/${NUMBER}`]: { body: HELD }, 'GET /v/T': { body: gone } })
    open(HotlinePage)
    await find()
    await screen.findByText(/持证人本人已经停用了这个码/)
    expect(screen.queryByText('宁波某家政（演示）')).toBe(null)
  })

  it('does not take a code that could not be read for a bad one', async () => {
    signedIn('hotline')
    const answer = { ...CHECK, result: 'unavailable', colour: 'grey', holder: null, reasons: [{ code: 'data-unavailable', group: 'unknown', since: null, text: '暂时无法核验' }] }
    serve({ [`GET /api/certificates/${NUMBER}`]: { body: HELD }, 'GET /v/T': { status: 503, body: answer } })
    open(HotlinePage)
    await find()
    await screen.findByText(/既不能说合格，也不能说不合格/)
  })

  it('has a sentence for every ground that a city can colour', () => {
    const silent = Object.keys(rights.grounds).filter((code) => !AFTER[code])
    expect(silent).toEqual(['both-lapsed', 'consent-withdrawn', 'code-stale'].filter((code) => code in rights.grounds))
  })
})
