/** A first look at a resident ID while it is typed (GB 11643). The server decides; permits of 81/82/83 and others too. */

import { today } from './days'

export type IdFault = 'length' | 'shape' | 'date' | 'young' | 'check'

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECKS = '10X98765432'
const YOUNGEST = 16

/** Name the first thing wrong with an 18-character number; null when its form is right. */
export function idFault(text: string, on: string = today()): IdFault | null {
  const id = text.trim().toUpperCase()
  if (id.length !== 18) return 'length'
  if (!/^\d{17}[\dX]$/.test(id)) return 'shape'
  const born = `${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`
  if (!isDay(born) || born > on) return 'date'
  const sixteenth = `${Number(born.slice(0, 4)) + YOUNGEST}${born.slice(4)}`
  if (sixteenth > on) return 'young'
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(id[place]), 0)
  return CHECKS[sum % 11] === id[17] ? null : 'check'
}

function isDay(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}
