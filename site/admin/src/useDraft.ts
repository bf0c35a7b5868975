/** A form that outlives a reload or a new sign-in: kept in sessionStorage until it is submitted. */

import { watch } from 'vue'

import { useGuard } from './useGuard'

const PREFIX = 'anxinma.draft.'

export interface Draft {
  /** Whether something was brought back. */
  restored: boolean
  clear: () => void
}

/**
 * Bring `form` back as it was left under `name`, and keep it. `never` are fields too private to keep: with one of
 * them filled, the page asks before it is left.
 */
export function useDraft(name: string, form: Record<string, unknown>, never: string[] = []): Draft {
  const key = PREFIX + name
  const restored = restore(key, form, never)
  let cleared = false
  if (never.length) useGuard(() => !cleared && never.some((field) => Boolean(form[field])))
  const stop = watch(form, () => {
    if (cleared) return
    const kept = Object.fromEntries(Object.entries(form).filter(([field]) => !never.includes(field)))
    sessionStorage.setItem(key, JSON.stringify(kept))
  }, { deep: true, flush: 'sync' })
  return {
    restored,
    clear: () => {
      cleared = true
      stop()
      sessionStorage.removeItem(key)
    },
  }
}

/** Drop every draft, when somebody signs out. */
export function dropDrafts(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key)
}

function restore(key: string, form: Record<string, unknown>, never: string[]): boolean {
  const text = sessionStorage.getItem(key)
  if (!text) return false
  try {
    const kept = JSON.parse(text) as Record<string, unknown>
    const known = Object.keys(form).filter((field) => field in kept && !never.includes(field))
    for (const field of known) form[field] = kept[field]
    return known.length > 0
  } catch {
    sessionStorage.removeItem(key)
    return false
  }
}
