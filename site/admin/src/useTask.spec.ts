import { describe, expect, it } from 'vitest'

import { Problem } from './api/client'
import { useTask } from './useTask'

const later = <Value>(value: Value, after: number) => new Promise<Value>((resolve) => setTimeout(() => resolve(value), after))

describe('a task', () => {
  it('is not begun twice while it is under way', async () => {
    let begun = 0
    const task = useTask(() => later(++begun, 5))
    await Promise.all([task.run(), task.run()])
    expect(begun).toBe(1)
  })

  it('lets a newer reading win over an older one', async () => {
    const heard: string[] = []
    const task = useTask((name: string, after: number) => later(name, after), { latest: true, done: (name) => heard.push(name) })
    await Promise.all([task.run('old', 20), task.run('new', 1)])
    expect(heard).toEqual(['new'])
    expect(task.busy.value).toBe(false)
  })

  it('keeps the problem until the next run', async () => {
    let fails = true
    const task = useTask(async () => { if (fails) throw new Problem('network', 0, '断网') })
    await task.run()
    expect(task.problem.value?.message).toBe('断网')
    fails = false
    await task.run()
    expect(task.problem.value).toBe(null)
  })
})
