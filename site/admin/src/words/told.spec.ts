import { afterEach, expect, test } from 'vitest'

import { refused, services, speak, told } from '@/words'
import { codes } from '@/words/en/codes'
import { SERVICES } from '@/words/papers'
import notices from '../../../../chalicelib/words/notices.json'

afterEach(() => speak('zh'))

test('a clerk who reads Chinese is told the server’s own words', () => {
  expect(told('notice', 'code-red', '安心码变为红色')).toBe('安心码变为红色')
  expect(services(['保洁', '月嫂'])).toBe('保洁、月嫂')
  expect(refused('not-ready', '还不能办理：缺有效体检')).toBe('还不能办理：缺有效体检')
})

test('in English a code says what it means, and what has none stays as the server told it', async () => {
  await speak('en')
  expect(told('notice', 'code-red', '安心码变为红色')).toBe('The code turned red')
  expect(told('lack', 'exam-weak', '体检类别不够')).toBe('Exam category too low for the services')
  expect(told('notice', 'never-heard-of', '新通知')).toBe('新通知')
  expect(services(['保洁', '月嫂'])).toBe('Cleaning, Maternity nurse')
})

test('a refusal in English keeps the server’s words, which may tell more', async () => {
  await speak('en')
  expect(refused('batch-over', '这个批次已经办结')).toBe('This batch is over (这个批次已经办结)')
  expect(refused('never-heard-of', '不能办理')).toBe('不能办理')
})

test('every notice and every service has its English', () => {
  const wanted = [...Object.keys(notices.templates).map((one) => `notice.${one}`), ...SERVICES.map((one) => `service.${one}`)]
  expect(wanted.filter((one) => !(one in codes))).toEqual([])
})
