/** A form that outlives a reload or a new sign-in: kept (`drafts.ts`) until it is sent or given up. */

import { watch } from 'vue'

import { drop, keep, restore } from './drafts'
import { useGuard } from './useGuard'

export interface Draft {
  /** Whether something was brought back. */
  restored: boolean
  /** End it, and forget what was kept. */
  clear: () => void
}

/** Bring `form` back as it was left under `name`, and keep it from now on, but for the fields `never`. */
export function draftOf(name: string, form: object, never: string[] = []): Draft {
  const restored = restore(name, form, never)
  const stop = watch(form, () => keep(name, form, never), { deep: true, flush: 'sync' })
  return {
    restored,
    clear: () => {
      stop()
      drop(name)
    },
  }
}

/** Do so for the form of a page; with one of the fields filled that are too private to keep, it asks before it is left. */
export function useDraft(name: string, form: object, never: string[] = []): Draft {
  const draft = draftOf(name, form, never)
  let cleared = false
  if (never.length) useGuard(() => !cleared && anyFilled(form, never))
  return {
    restored: draft.restored,
    clear: () => {
      cleared = true
      draft.clear()
    },
  }
}

/** Tell whether one of these fields is filled. */
export const anyFilled = (form: object, fields: string[]): boolean =>
  Object.entries(form).some(([field, value]) => fields.includes(field) && Boolean(value))
