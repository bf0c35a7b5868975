/** busy / problem / run, for anything slow. */

import { ref, type Ref } from 'vue'

import { asProblem, type Problem } from './api/client'

export interface Task<Arguments extends unknown[], Result> {
  busy: Ref<boolean>
  problem: Ref<Problem | null>
  run: (...told: Arguments) => Promise<Result | undefined>
}

/**
 * Wrap something slow. A write that is under way is not begun twice; with `latest`, for reads,
 * a newer run takes over and an older one's answer is left unheard.
 */
export function useTask<Arguments extends unknown[], Result>(
  work: (...told: Arguments) => Promise<Result>,
  { latest = false, done }: { latest?: boolean; done?: (result: Result) => void } = {},
): Task<Arguments, Result> {
  const busy = ref(false)
  const problem = ref<Problem | null>(null)
  let turn = 0

  async function run(...told: Arguments): Promise<Result | undefined> {
    if (busy.value && !latest) return undefined
    const mine = ++turn
    busy.value = true
    problem.value = null
    try {
      const result = await work(...told)
      if (mine !== turn) return undefined
      done?.(result)
      return result
    } catch (error) {
      if (mine === turn) problem.value = asProblem(error)
      return undefined
    } finally {
      if (mine === turn) busy.value = false
    }
  }

  return { busy, problem: problem as Ref<Problem | null>, run }
}
