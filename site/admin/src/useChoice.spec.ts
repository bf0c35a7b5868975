import { expect, test } from 'vitest'

import { MOST, useChoice } from './useChoice'

const lines = (count: number, from = 0) => Array.from({ length: count }, (_, at) => ({ id: `a${from + at}`, fixed: at === 0 && from === 0 }))
const choice = () => useChoice<{ id: string; fixed: boolean }>((line) => !line.fixed)

test('what cannot be chosen is left out, also of all', () => {
  const one = choice()
  one.choose(lines(3), true)
  expect(one.lines.value.map((line) => line.id)).toEqual(['a1', 'a2'])
  expect(one.all(lines(3))).toBe(true)
})

test('no more is taken than one request takes, and what is chosen can be left again', () => {
  const one = choice()
  one.choose(lines(MOST + 5, 1), true)
  expect(one.lines.value).toHaveLength(MOST)
  expect(one.open({ id: 'a999', fixed: false })).toBe(false)
  expect(one.open({ id: 'a1', fixed: false })).toBe(true)
  one.choose([{ id: 'a1', fixed: false }], false)
  expect(one.open({ id: 'a999', fixed: false })).toBe(true)
})

test('a line that was read anew takes the place of what was chosen, and no other does', () => {
  const one = useChoice<{ id: string; revision: number }>(() => true)
  one.choose([{ id: 'a', revision: 1 }], true)
  one.renew([{ id: 'a', revision: 2 }, { id: 'b', revision: 2 }])
  expect(one.lines.value).toEqual([{ id: 'a', revision: 2 }])
})
