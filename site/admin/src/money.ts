/** Prices: fen on the wire, yuan for people. */

/** Say a price; null when there is none. */
export const yuan = (fen: number | null): string | null => (fen === null ? null : (fen / 100).toFixed(2))

/** Read a price that was typed, in fen; null for nothing, NaN for what is no price. */
export function fen(typed: string): number | null {
  const text = typed.trim()
  if (!text) return null
  return /^\d{1,3}(\.\d{1,2})?$/.test(text) ? Math.round(Number(text) * 100) : Number.NaN
}
