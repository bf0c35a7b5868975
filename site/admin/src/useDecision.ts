/** A decision on what a page shows: which step is asked about in a dialog, and the step, taken once. */

import { ref } from 'vue'
import { ElMessage } from 'element-plus'

import { Submission } from './api/client'
import { useTask } from './useTask'
import { nameOf, t, type Key } from './words'

/** `take(step, submission, …)` takes it, and may name other words than "decided"; `kind` is the steps' names. */
export function useDecision<Told extends unknown[]>(
  kind: string,
  load: { run: () => Promise<unknown> },
  take: (name: string, submission: Submission, ...told: Told) => Promise<Key | void>,
) {
  const move = ref<string | null>(null)
  const submission = new Submission()
  const decide = useTask(async (...told: Told) => {
    const name = move.value ?? ''
    const words = await take(name, submission, ...told)
    move.value = null
    ElMessage.success(t(words ?? 'decided', { move: nameOf(kind, name) }))
  })

  return {
    move,
    decide,
    ask: (one: string): void => {
      decide.problem.value = null
      move.value = one
    },
    /** Read anew what somebody else has changed, and ask again. */
    again: async (): Promise<void> => {
      await load.run()
      decide.problem.value = null
    },
  }
}
