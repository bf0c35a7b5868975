import { screen, waitFor } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'

import type { Notice } from '@/api/types'
import { unread } from '@/inbox'
import { open, signedIn } from '@/tests/signed'
import { serve } from '@/tests/stub'
import NoticesPage from './NoticesPage.vue'

const notice = (id: string, read_at: string | null): Notice => ({
  id, title: `通知${id}`, text: '保险已到期', template: 'code-yellow@1', at: '2026-11-21T01:20:00Z', worker: 'w1', read_at, channels: { 'in-app': 'sent', email: 'no-address' }, revision: 1,
})

afterEach(() => vi.unstubAllGlobals())

describe('notices', () => {
  it('are marked as read all at once, and counted anew', async () => {
    signedIn('association_clerk')
    let read = false
    const asked = serve({
      'GET /api/notices?limit=50': () => ({ body: { items: [notice('1', read ? '2026-11-22T00:00:00Z' : null), notice('2', '2026-11-21T03:00:00Z')], next: null } }),
      'POST /api/notices/read': () => {
        read = true
        return { body: { read: 1 } }
      },
    })
    open(NoticesPage)
    await userEvent.click(await screen.findByRole('button', { name: '本页全部标为已读' }))
    await waitFor(() => expect(screen.queryByText('未读')).toBeNull())
    expect(asked.find((one) => one.method === 'POST')?.body).toEqual({ notices: ['1'] })
    await waitFor(() => expect(unread.value).toBe(0))
  })

  it('are read on the page before the answer came, and unread again with words when it failed', async () => {
    signedIn('association_clerk')
    let fail = (_: Error): void => undefined
    serve({ 'GET /api/notices?limit=50': { body: { items: [notice('1', null), notice('2', null)], next: null } } })
    const answered = fetch
    vi.stubGlobal('fetch', (path: string, init: RequestInit) =>
      init.method === 'POST' ? new Promise((_, no) => { fail = no }) : answered(path, init))
    unread.value = 2
    open(NoticesPage)
    await userEvent.click(await screen.findByRole('button', { name: '标为已读 通知1' }))
    expect(screen.getAllByText('未读')).toHaveLength(1)
    expect(unread.value).toBe(1)
    expect(document.activeElement).toBe(screen.getByRole('button', { name: '标为已读 通知2' }))
    fail(new TypeError('no network'))
    expect((await screen.findByRole('alert')).textContent).toContain('仍为未读')
    expect(screen.getAllByText('未读')).toHaveLength(2)
    expect(unread.value).toBe(2)
  })

  it('say in words what became of an e-mail', async () => {
    signedIn('association_clerk')
    serve({ 'GET /api/notices?limit=50': { body: { items: [notice('1', null)], next: null } } })
    open(NoticesPage)
    expect(await screen.findByText('电子邮件 没有登记地址')).toBeTruthy()
  })
})
