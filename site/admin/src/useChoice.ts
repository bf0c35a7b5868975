/** What is chosen of a list: remembered while its pages are turned, and no more than one request takes. */

import { computed, ref, type Ref } from 'vue'

/** As many as a batch takes (`/api/batches/…`). */
export const MOST = 100

/** `may` tells which lines can be chosen. */
export function useChoice<Line extends { id: string }>(may: (line: Line) => boolean) {
  const chosen = ref(new Map()) as Ref<Map<string, Line>>
  const full = computed(() => chosen.value.size >= MOST)
  const has = (id: string): boolean => chosen.value.has(id)
  const free = (lines: Line[]): Line[] => lines.filter(may)

  function choose(lines: Line[], on: boolean): void {
    const now = new Map(chosen.value)
    for (const one of free(lines)) {
      if (!on) now.delete(one.id)
      else if (now.size < MOST || now.has(one.id)) now.set(one.id, one)
    }
    chosen.value = now
  }

  return {
    lines: computed(() => [...chosen.value.values()]),
    full,
    has,
    choose,
    /** Whether any of these can be chosen, and whether all of those are. */
    any: (lines: Line[]): boolean => free(lines).length > 0,
    all: (lines: Line[]): boolean => free(lines).length > 0 && free(lines).every((one) => has(one.id)),
    /** Whether a line's box can be pressed: at the limit only what is chosen can, to be left again. */
    open: (line: Line): boolean => may(line) && (has(line.id) || !full.value),
    /** Take what was read anew in the place of what was chosen before. */
    renew: (lines: Line[]): void => choose(lines.filter((one) => has(one.id)), true),
    clear: (): void => {
      chosen.value = new Map()
    },
  }
}
