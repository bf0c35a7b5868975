import userEvent from '@testing-library/user-event'
import { render, screen } from '@testing-library/vue'
import { expect, test } from 'vitest'

import { Problem } from '@/api/client'
import type { Duplicate, StoredFile } from '@/api/types'
import { file, worker } from '@/tests/samples'
import FilesCard from './FilesCard.vue'

const card = (items: StoredFile[], duplicates: Duplicate[] = [], more = {}) =>
  render(FilesCard, {
    props: { worker, files: { items, duplicates }, mayAdd: true, busy: false, share: 0, problem: null, seen: null, ...more },
    global: { stubs: { RouterLink: { template: '<a><slot /></a>' } } },
  })

test('a file is looked at by its button, and one that is gone has none', async () => {
  const { emitted } = card([file('f1'), file('f2', { kind: 'photo', gone_on: '2026-11-20' })])

  await userEvent.click(screen.getByRole('button', { name: /^查看 体检证明/ }))

  expect(emitted('see')).toEqual([[file('f1')]])
  expect(screen.queryByRole('button', { name: /^查看 照片/ })).toBeNull()
  screen.getByText('2026-11-20 已删除')
})

test('a second use names whom the role may see, and nobody else', () => {
  const duplicate = { file: 'f1', kind: 'exam', where: 'this-city' } as const
  card([file('f1')], [
    { ...duplicate, worker: 'w2', name: '李*', company: '另一家政（演示）' }, { ...duplicate, worker: null, company: null },
  ])

  screen.getByText('李*（另一家政（演示））')
  screen.getByText(/本市另一家企业的人员/)
})

test('what was chosen is sent for the chosen purpose, and again when it failed', async () => {
  const { emitted, rerender } = card([])
  const photo = new File(['x'], 'photo.jpg', { type: 'image/jpeg' })

  await userEvent.upload(screen.getByLabelText('选择文件上传'), photo)
  await rerender({ problem: new Problem('network', 0, '上传中断：请检查网络后点“重试”。') })
  await userEvent.click(screen.getByRole('button', { name: '重试' }))

  expect(emitted('send')).toEqual([[{ file: photo, kind: 'photo', of: null }], [{ file: photo, kind: 'photo', of: null }]])
})

test('a role that may not add is not offered to', () => {
  card([], [], { mayAdd: false })

  expect(screen.queryByLabelText('选择文件上传')).toBeNull()
})
