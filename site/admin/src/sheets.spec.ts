import { describe, expect, it } from 'vitest'

import type { Figures, OfCity } from '@/api/types'
import { figures } from '@/tests/samples'
import { citiesSheet, csvOf, empty, sheetsOf } from './sheets'

const sheet = (key: string, told: Figures = figures) => sheetsOf(told).find((one) => one.key === key)!

describe('sheets', () => {
  it('tell open applications in time and late so that both make the whole', () => {
    expect(sheet('backlog').rows.find((row) => row.label === '协会审核')?.values).toEqual([3, 2])
  })

  it('name the reasons that were given, the most frequent first', () => {
    expect(sheet('reasons').rows).toEqual([
      { label: '体检合格证模糊、不全或无章', values: [4, 0] },
      { label: '安全核查未通过', values: [0, 1] },
    ])
  })

  it('are written as they are read, with what their first column names', () => {
    expect(csvOf(sheet('colours'))).toBe('\ufeff颜色,人数\r\n绿色,6\r\n黄色,2\r\n红色,1\r\n灰色,0\r\n')
  })

  it('are empty when there is nothing but noughts', () => {
    expect(empty(sheet('backlog'))).toBe(false)
    expect(empty(sheet('backlog', { ...figures, backlog: [] }))).toBe(true)
  })

  it('put cities beside each other with the sum last, and a dash where nobody could have a share', () => {
    const cities: OfCity[] = [
      { city: '330200', name: '宁波市', counting: false, figures },
      { city: '330400', name: '嘉兴市', counting: false, figures: { ...figures, workers: 0, holders: 0, holding_rate: null, showing_rate: null } },
    ]
    const across = citiesSheet(cities, figures)

    expect(across.rows.map((row) => row.label)).toEqual(['宁波市', '嘉兴市', '全省合计'])
    expect(csvOf(across).split('\r\n')[1]).toBe('宁波市,75.0%,33.3%,12,9,6,2,1,0,5,2')
    expect(csvOf(across).split('\r\n')[2]).toContain('嘉兴市,—,—,0,0')
  })
})
