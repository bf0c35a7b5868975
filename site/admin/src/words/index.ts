/** The words of the site: `t(key)` in the chosen language. English comes when it is first asked for. */

import { ref } from 'vue'

import { zh } from './zh'

export type Key = keyof typeof zh
export type Language = 'zh' | 'en'

const STORED = 'anxinma.language'
const books: Record<Language, Record<Key, string> | null> = { zh, en: null }

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

/** Change the language, and remember it. */
export async function speak(wanted: Language): Promise<void> {
  if (wanted === 'en' && !books.en) books.en = (await import('./en')).en
  language.value = wanted
  document.documentElement.lang = wanted === 'en' ? 'en' : 'zh-CN'
  localStorage.setItem(STORED, wanted)
}

/** Take the language of the last visit; Chinese is always there. */
export async function speakAsBefore(): Promise<void> {
  if (localStorage.getItem(STORED) === 'en') await speak('en').catch(() => undefined)
}
