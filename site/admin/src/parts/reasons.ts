/** The reasons of a return or refusal, for the bulk form; one application brings its own list from the server. */

import { zh } from '@/words/zh'

export const REASONS: Record<string, string> = Object.fromEntries(
  Object.entries(zh).flatMap(([key, words]) => (key.startsWith('reason.') ? [[key.slice('reason.'.length), words]] : [])),
)
