/** A list paged by cursors: the page that is open, and the way back to the ones before it. */

import { computed, ref, type Ref } from 'vue'

import type { Page } from './api/types'
import { useTask } from './useTask'

/** `read(cursor)` gives one page. */
export function useList<Item>(read: (cursor: string | null) => Promise<Page<Item>>) {
  const items = ref([]) as Ref<Item[]>
  const cursors = ref<(string | null)[]>([null])
  const next = ref<string | null>(null)
  const loaded = ref(false)

  const load = useTask(async () => {
    const page = await read(cursors.value.at(-1) ?? null)
    items.value = page.items
    next.value = page.next
    loaded.value = true
  }, { latest: true })

  return {
    items,
    loaded,
    busy: load.busy,
    problem: load.problem,
    number: computed(() => cursors.value.length),
    more: computed(() => next.value !== null),
    reload: () => load.run(),
    /** From the first page, with nothing shown meanwhile. */
    restart: () => {
      cursors.value = [null]
      items.value = []
      loaded.value = false
      return load.run()
    },
    turn: (by: 1 | -1) => {
      if (by === 1 && next.value) cursors.value = [...cursors.value, next.value]
      else if (by === -1 && cursors.value.length > 1) cursors.value = cursors.value.slice(0, -1)
      return load.run()
    },
  }
}
