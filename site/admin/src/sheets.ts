/** The dashboard's figures as sheets: one table each, which is drawn, shown and downloaded as it is. */

import { RETURN_REASONS } from './access'
import type { Figures, OfCity, StatsOfCompany } from './api/types'
import { written } from './csv'
import { nameOf, t } from './words'

export interface Column {
  name: string
  /** Drawn in this colour; a column without one stands in the table alone. */
  colour?: string
  percent?: boolean
}

export interface Sheet {
  key: string
  title: string
  lead: string
  /** What the first column names. */
  label: string
  columns: Column[]
  rows: { label: string; values: (number | null)[]; colour?: string }[]
  stacked?: boolean
  /** Names too long to stand under a bar: the bars lie. */
  lying?: boolean
}

export const SHADES = { green: '#0a6236', yellow: '#c28a00', red: '#a50e1e', grey: '#5b6570', brand: '#0b4f9e', light: '#6f9acb' }
const ENDING: Record<string, string> = { exam: '#0b4f9e', insurance: '#c28a00', background: '#a50e1e', review: '#5b6570', certificate: '#0a6236' }
const MOST = 15

/** Every sheet of a city or of the sum of cities. */
export function sheetsOf(figures: Figures, companies: StatsOfCompany[] = []): Sheet[] {
  return [
    colours(figures), leaving(figures), ending(figures), backlog(figures), deadlines(figures), reasons(figures), refusals(figures),
    ...(companies.length ? [byCompany(companies)] : []), services(figures), certificates(figures),
  ]
}

/** Whether there is anything to draw. */
export const empty = (sheet: Sheet): boolean => !sheet.rows.some((row) => row.values.some((value) => value))

/** The rows that are drawn: of a long list those at its top. */
export const drawn = (sheet: Sheet): Sheet['rows'] => (sheet.lying ? sheet.rows.slice(0, MOST) : sheet.rows)

/** A value as it is read: a share as a percentage, what nobody could have as a dash. */
export function told(value: number | null | undefined, column: Column): string {
  if (value == null) return '—'
  return column.percent ? `${(value * 100).toFixed(1)}%` : String(value)
}

/** The sheet as a CSV file. */
export function csvOf(sheet: Sheet): string {
  const rows = sheet.rows.map((row) => [row.label, ...row.values.map((value, place) => told(value, sheet.columns[place]!))])
  return written([[sheet.label, ...sheet.columns.map((column) => column.name)], ...rows])
}

/** Cities beside each other, the sum last. */
export function citiesSheet(cities: OfCity[], sum: Figures): Sheet {
  const line = (label: string, one: Figures) => ({
    label,
    values: [
      one.holding_rate, one.showing_rate, one.workers, one.holders, ...COLOURS.map((colour) => one.colours[colour] ?? 0),
      one.backlog.reduce((total, step) => total + step.open, 0), one.backlog.reduce((total, step) => total + step.late, 0),
    ],
  })
  return {
    key: 'cities', title: t('stats.cities'), lead: t('stats.cities.lead'), label: t('stats.city'), lying: true,
    columns: [
      { name: t('stats.holding'), colour: SHADES.brand, percent: true }, { name: t('stats.showing'), colour: SHADES.yellow, percent: true },
      { name: t('stats.workers') }, { name: t('stats.holders') }, ...COLOURS.map((colour) => ({ name: nameOf('colour', colour) })),
      { name: t('stats.open') }, { name: t('stats.late') },
    ],
    rows: [...cities.map((one) => line(one.name, one.figures)), ...(cities.length > 1 ? [line(t('stats.sum'), sum)] : [])],
  }
}

const COLOURS = ['green', 'yellow', 'red', 'grey'] as const

function colours(figures: Figures): Sheet {
  return {
    ...named('colours', t('stats.colour')), lying: true, columns: [{ name: t('stats.people'), colour: SHADES.brand }],
    rows: COLOURS.map((one) => ({ label: nameOf('colour', one), values: [figures.colours[one] ?? 0], colour: SHADES[one] })),
  }
}

function leaving(figures: Figures): Sheet {
  return {
    ...named('leaving', t('stats.week')), columns: [{ name: t('stats.people'), colour: SHADES.yellow }],
    rows: figures.weeks.map((one) => ({ label: one.week, values: [one.leaves_green] })),
  }
}

function ending(figures: Figures): Sheet {
  const kinds = Object.keys(ENDING)
  return {
    ...named('ending', t('stats.week')), stacked: true,
    columns: kinds.map((kind) => ({ name: nameOf('end', kind), colour: ENDING[kind]! })),
    rows: figures.weeks.map((one) => ({ label: one.week, values: kinds.map((kind) => one.ends[kind] ?? 0) })),
  }
}

function backlog(figures: Figures): Sheet {
  return {
    ...named('backlog', t('stats.step')), stacked: true, lying: true,
    columns: [{ name: t('stats.inTime'), colour: SHADES.brand }, { name: t('stats.late'), colour: SHADES.red }],
    rows: figures.backlog.map((one) => ({ label: nameOf('state', one.step), values: [one.open - one.late, one.late] })),
  }
}

function deadlines(figures: Figures): Sheet {
  return {
    ...named('deadlines', t('stats.month')), stacked: true,
    columns: [{ name: t('stats.doneInTime'), colour: SHADES.brand }, { name: t('stats.doneLate'), colour: SHADES.red }, { name: t('stats.submitted') }],
    rows: figures.months.map((one) => ({ label: one.month, values: [one.in_time, one.late, one.submitted] })),
  }
}

function reasons(figures: Figures): Sheet {
  const count = (told: 'returned' | 'refused', reason: string) => figures.months.reduce((total, one) => total + (one[told][reason] ?? 0), 0)
  const rows = Object.entries(RETURN_REASONS).map(([code, words]) => ({ label: nameOf('reason', code) === code ? words : nameOf('reason', code), values: [count('returned', code), count('refused', code)] }))
  return {
    ...named('reasons', t('stats.reason')), stacked: true, lying: true, columns: back(),
    rows: rows.filter((row) => row.values.some(Boolean)).sort((one, other) => sum(other.values) - sum(one.values)),
  }
}

function refusals(figures: Figures): Sheet {
  return {
    ...named('refusals', t('stats.month')), stacked: true, columns: back(),
    rows: figures.months.map((one) => ({ label: one.month, values: [sum(Object.values(one.returned)), sum(Object.values(one.refused))] })),
  }
}

function byCompany(companies: StatsOfCompany[]): Sheet {
  return {
    ...named('companies', t('stats.company')), lying: true,
    columns: [
      { name: t('stats.workers'), colour: SHADES.light }, { name: t('stats.holders'), colour: SHADES.brand }, { name: t('stats.holding'), percent: true },
      { name: t('stats.returned') }, { name: t('stats.refused') }, { name: t('stats.doneInTime') }, { name: t('stats.doneLate') },
    ],
    rows: companies.map((one) => ({
      label: one.name,
      values: [one.workers, one.holders, one.workers ? one.holders / one.workers : null, one.returned, one.refused, one.in_time, one.late],
    })),
  }
}

function services(figures: Figures): Sheet {
  return {
    ...named('services', t('stats.service')), lying: true, columns: [{ name: t('stats.holders'), colour: SHADES.brand }],
    rows: Object.entries(figures.services).map(([label, value]) => ({ label, values: [value] })),
  }
}

function certificates(figures: Figures): Sheet {
  return {
    ...named('certificates', t('stats.state')), columns: [{ name: t('stats.people'), colour: SHADES.brand }],
    rows: Object.entries(figures.certificates).map(([state, value]) => ({ label: nameOf('certificate', state), values: [value] })),
  }
}

const back = (): Column[] => [{ name: t('stats.returned'), colour: SHADES.yellow }, { name: t('stats.refused'), colour: SHADES.red }]
const sum = (values: (number | null)[]): number => values.reduce<number>((total, one) => total + (one ?? 0), 0)

function named(key: 'colours' | 'leaving' | 'ending' | 'backlog' | 'deadlines' | 'reasons' | 'refusals' | 'companies' | 'services' | 'certificates', label: string) {
  return { key, label, title: t(`stats.${key}`), lead: t(`stats.${key}.lead`) }
}
