/** The words of the site: `t(key)` in the chosen language. English comes when it is first asked for. */

import { ref } from 'vue'

import { zh } from './zh'

export type Key = keyof typeof zh
export type Language = 'zh' | 'en'

const STORED = 'anxinma.language'
const books: Record<Language, Record<Key, string> | null> = { zh, en: null }

/** What codes of the server mean in the language, where that is not Chinese; by `kind.code`. */
let meanings: Record<string, string> = {}

export const language = ref<Language>('zh')

/** Say `key`, with `{name}` replaced from `values`. */
export function t(key: Key, values: Record<string, string | number> = {}): string {
  const text = (books[language.value] ?? zh)[key]
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

/** Say the name of a code of a kind (`state`, `role`, `move` …); the code itself when it has none. */
export function nameOf(kind: string, code: string | null | undefined): string {
  if (!code) return t('none')
  const key = `${kind}.${code}`
  return key in zh ? t(key as Key) : code
}

/** Say what the server told beside a code: its own Chinese, in English what the code means where there are words for it. */
export function told(kind: string, code: string, text: string): string {
  return language.value === 'zh' ? text : (meanings[`${kind}.${code}`] ?? text)
}

/** Say why something was refused: in English what its type means, with the server's own words, which may tell more. */
export function refused(type: string, detail: string): string {
  const words = told('refusal', type, '')
  return words ? `${words} (${detail})` : detail
}

/** Say which services somebody offers. */
export const services = (all: readonly string[]): string =>
  all.map((one) => told('service', one, one)).join(language.value === 'zh' ? '、' : ', ')

/** Change the language, and remember it. */
export async function speak(wanted: Language): Promise<void> {
  if (wanted === 'en' && !books.en) {
    const [{ en }, { codes }] = await Promise.all([import('./en'), import('./en/codes')])
    meanings = { ...codes, ...en }
    books.en = en
  }
  language.value = wanted
  document.documentElement.lang = wanted === 'en' ? 'en' : 'zh-CN'
  localStorage.setItem(STORED, wanted)
}

/** Take the language of the last visit; Chinese is always there. */
export async function speakAsBefore(): Promise<void> {
  if (localStorage.getItem(STORED) === 'en') await speak('en').catch(() => undefined)
}
