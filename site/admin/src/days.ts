/** Days are Asia/Shanghai days, instants are shown in Beijing time, wherever the browser stands. */

const DAY_MS = 86_400_000
const BEIJING_MS = 8 * 3_600_000

/** Today in Shanghai, `YYYY-MM-DD`. */
export function today(now: number = Date.now()): string {
  return new Date(now + BEIJING_MS).toISOString().slice(0, 10)
}

/** The day so many days after another, or before it. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10)
}

/** Days from one day to another; negative when it is over. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS)
}

/** The weekday of a day, 0 for Sunday. */
export function weekday(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay()
}

/** An instant as Beijing wall clock, `YYYY-MM-DD HH:MM`. */
export function beijing(instant: string): string {
  const at = Date.parse(instant)
  return Number.isNaN(at) ? instant : new Date(at + BEIJING_MS).toISOString().slice(0, 16).replace('T', ' ')
}

/** How pressing a due day is. */
export function urgency(due: string | null, on: string = today()): 'none' | 'overdue' | 'soon' | 'fine' {
  if (!due) return 'none'
  const left = daysBetween(on, due)
  if (left < 0) return 'overdue'
  return left <= 1 ? 'soon' : 'fine'
}
