import { render, screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'

import GroundDialog from './GroundDialog.vue'

const open = () => render(GroundDialog, { props: { move: 'suspend', title: '暂停', button: '暂停', effect: '', busy: false, problem: null } })

afterEach(() => vi.unstubAllGlobals())

describe('a dialog with a ground', () => {
  it.each([[false, 0], [true, 1]])('is closed with what was typed in it only when that is wanted (%s)', async (wanted, times) => {
    const asked = vi.fn(() => wanted)
    vi.stubGlobal('confirm', asked)
    const { emitted } = open()
    await userEvent.type(await screen.findByRole('textbox'), '来函 8 号')
    await userEvent.click(screen.getByRole('button', { name: '取消' }))
    expect(asked).toHaveBeenCalledOnce()
    expect(emitted().close ?? []).toHaveLength(times)
  })

  it('asks nothing while it is empty, and a reload is let be', async () => {
    const asked = vi.fn()
    vi.stubGlobal('confirm', asked)
    const { emitted } = open()
    const reload = new Event('beforeunload', { cancelable: true })
    dispatchEvent(reload)
    await userEvent.click(await screen.findByRole('button', { name: '取消' }))
    expect([asked.mock.calls.length, emitted().close?.length, reload.defaultPrevented]).toEqual([0, 1, false])
  })

  it('asks before Escape closes it too', async () => {
    const asked = vi.fn(() => false)
    vi.stubGlobal('confirm', asked)
    const { emitted } = open()
    await userEvent.type(await screen.findByRole('textbox'), '来函 8 号{Escape}')
    expect(asked).toHaveBeenCalledOnce()
    expect(emitted().close).toBeUndefined()
    expect(screen.getByRole('textbox')).toBeTruthy()
  })

  it('has the browser ask before a reload takes what was typed', async () => {
    open()
    await userEvent.type(await screen.findByRole('textbox'), '来函 8 号')
    const reload = new Event('beforeunload', { cancelable: true })
    dispatchEvent(reload)
    expect(reload.defaultPrevented).toBe(true)
  })
})
