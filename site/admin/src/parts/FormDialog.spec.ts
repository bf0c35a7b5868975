import { render, screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'

import { belongTo, waitingHere } from '@/drafts'
import { worker } from '@/tests/samples'
import WorkerDetailsDialog from './WorkerDetailsDialog.vue'

const props = { open: true, worker, byCompany: false, busy: false, problem: null }
const why = () => screen.findByLabelText<HTMLInputElement>(/更正原因|依据/)

/** Open the dialog as a page does: it is there before it is opened. */
async function open() {
  const shown = render(WorkerDetailsDialog, { props: { ...props, open: false } })
  await shown.rerender(props)
  return shown
}

/** What a reload does to a window: nothing is unmounted, and what was stored is still there. */
function reload(shown: { unmount: () => void }) {
  const stored = { ...sessionStorage }
  shown.unmount()
  for (const [key, text] of Object.entries(stored)) sessionStorage.setItem(key, text)
}

afterEach(() => vi.unstubAllGlobals())

describe('a form in a dialog', () => {
  it('is back when it is opened after a reload, without what is too private to keep', async () => {
    const first = await open()
    await userEvent.type(await why(), '本人来电')
    await userEvent.type(screen.getByRole('textbox', { name: /手机号/ }), '13900000000')
    reload(first)
    expect(Object.values({ ...sessionStorage }).join()).not.toContain('139')
    expect(waitingHere()).toEqual(['更正登记信息'])
    await open()
    expect((await why()).value).toBe('本人来电')
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: /手机号/ }).value).toBe('')
    expect(screen.getByText(/已恢复上次没有提交的内容/)).toBeTruthy()
  })

  it('is forgotten when it was closed, having asked', async () => {
    const asked = vi.fn(() => true)
    vi.stubGlobal('confirm', asked)
    const { emitted, rerender } = await open()
    await userEvent.type(await why(), '本人来电')
    await userEvent.click(screen.getByRole('button', { name: '取消' }))
    expect(asked).toHaveBeenCalledOnce()
    expect(emitted('close')).toHaveLength(1)
    await rerender({ ...props, open: false })
    expect(waitingHere()).toEqual([])
  })

  it('is not closed against somebody’s will', async () => {
    vi.stubGlobal('confirm', () => false)
    const { emitted } = await open()
    await userEvent.type(await why(), '本人来电')
    await userEvent.click(screen.getByRole('button', { name: '取消' }))
    expect(emitted('close')).toBeUndefined()
  })

  it('is nobody else’s', async () => {
    belongTo('a1')
    reload(await open().then(async (shown) => (await userEvent.type(await why(), '本人来电'), shown)))
    belongTo('a1')
    expect(waitingHere()).toHaveLength(1)
    belongTo('a2')
    expect(waitingHere()).toEqual([])
  })
})
