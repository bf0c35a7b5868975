import userEvent from '@testing-library/user-event'
import { render, screen } from '@testing-library/vue'
import { expect, test } from 'vitest'

import type { StoredFile } from '@/api/types'
import { papersOf } from '@/papers'
import { file, worker } from '@/tests/samples'
import PapersPane from './PapersPane.vue'

const papers = [file('f1', { kind: 'identity', of: null }), file('f2'), file('f3', { kind: 'consent', of: null, type: 'application/pdf' })]
const seeing = (one: StoredFile) => ({ file: one, url: `https://store.example/${one.id}`, type: one.type, expires: '2026-11-21T03:05:00Z' })
const pane = (more = {}) => render(PapersPane, { props: { worker, papers, seen: null, busy: false, problem: null, ...more } })

test('nothing is opened before somebody asks, since every opening is written down', async () => {
  const { emitted } = pane()
  expect(emitted('see')).toBeUndefined()
  expect(screen.queryByRole('img')).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: '打开第一份' }))
  expect(emitted('see')).toEqual([[papers[0]]])
})

test('an exam is named with the day from which it counts', async () => {
  const { emitted } = pane()
  await userEvent.click(screen.getByRole('button', { name: '体检证明 · 2026-03-02' }))
  expect(emitted('see')).toEqual([[papers[1]]])
})

test('the next and the one before are a key away, also after what was focused has gone', async () => {
  const { emitted, rerender } = pane({ seen: seeing(papers[1]!) })
  screen.getByRole('group', { name: '体检证明 · 2026-03-02' }).focus()
  await userEvent.keyboard('{PageDown}')
  await rerender({ seen: seeing(papers[2]!) })
  await userEvent.keyboard('{PageUp}')
  await userEvent.keyboard('{PageDown}')
  expect(emitted('see')).toEqual([[papers[2]], [papers[1]]])
})

test('a picture is made larger and turned by key or button, and the next one lies as it is', async () => {
  const { rerender } = pane({ seen: seeing(papers[0]!) })
  screen.getByRole('group', { name: '身份证明' }).focus()
  await userEvent.keyboard('++r')
  expect(screen.getByRole('img').style.transform).toContain('rotate(90deg)')
  expect(screen.getByText('200%')).toBeTruthy()
  await rerender({ seen: seeing(papers[1]!) })
  expect(screen.getByRole('img').style.transform).toContain('rotate(0deg)')
  expect(screen.getByText('100%')).toBeTruthy()
})

test('a PDF is left to the browser, and can be opened apart', () => {
  pane({ seen: seeing(papers[2]!) })
  expect(screen.getByTitle('授权书').tagName).toBe('IFRAME')
  expect(screen.getByRole('link', { name: '在新窗口打开' }).getAttribute('href')).toBe('https://store.example/f3')
  expect(screen.queryByRole('button', { name: '旋转' })).toBeNull()
})

test('papers come in the order in which they are checked, the newest first, and none that is gone', () => {
  const found = papersOf([file('a', { kind: 'consent' }), file('b', { at: '2026-01-01T00:00:00Z' }), file('c'), file('d', { kind: 'photo', gone_on: '2026-11-20' })])
  expect(found.map((one) => one.id)).toEqual(['c', 'b', 'a'])
})
