import { render, screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'

import { makeRouter } from '@/router'
import PhonePage from './PhonePage.vue'

const global = { plugins: [makeRouter()] }

describe('the page for a worker’s phone', () => {
  it('is made when asked for', async () => {
    const { emitted } = render(PhonePage, { global, props: { worker: 'w1', made: null, busy: false, problem: null } })
    await userEvent.click(screen.getByRole('button', { name: '生成手机码' }))
    expect(emitted('make')).toEqual([[true]])
  })

  it('is made as PINs alone for who has no smartphone', async () => {
    const { emitted } = render(PhonePage, { global, props: { worker: 'w1', made: null, busy: false, problem: null } })
    await userEvent.click(screen.getByRole('button', { name: '没有智能手机，只生成口令' }))
    expect(emitted('make')).toEqual([[false]])
  })

  it('shows its address and code once, and offers no second', () => {
    render(PhonePage, { global, props: { worker: 'w1', made: { address: 'https://x/me/SECRET', pins: [], since: '2026-11-22' }, busy: false, problem: null } })
    expect(screen.getByText('https://x/me/SECRET')).toBeTruthy()
    expect(screen.getByRole('img', { name: '手机码' })).toBeTruthy()
    expect(screen.queryByRole('button')).toBeNull()
  })

  it('lists the PINs of the sheet, to be printed', () => {
    render(PhonePage, { global, props: { worker: 'w1', made: { address: null, pins: ['123456', '654321'], since: '2026-11-22' }, busy: false, problem: null } })
    expect(screen.getByText('123 456')).toBeTruthy()
    expect(screen.getByRole('link', { name: /纸质码和口令单/ }).getAttribute('href')).toBe('#/print/sheet/w1')
  })

  it('says so when it was told before', () => {
    render(PhonePage, { global, props: { worker: 'w1', made: { address: null, pins: [], since: '2026-11-22' }, busy: false, problem: null } })
    expect(screen.getByRole('status').textContent).toContain('只显示一次')
    expect(screen.queryByRole('img')).toBeNull()
  })
})
