/** CSV files as people have them: UTF-8, or the GBK that Excel saves in China. */

/** Read a file's bytes as text; throws when they are no text. */
export function decoded(bytes: ArrayBuffer): string {
  const text = inUtf8(bytes) ?? new TextDecoder('gb18030', { fatal: true }).decode(bytes)
  if (text.includes('\0')) throw new Error('not text')
  return text.replace(/^\ufeff/, '')
}

function inUtf8(bytes: ArrayBuffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** Count the rows below the header; a line break inside quotes is no new row. */
export function rowCount(text: string): number {
  let quoted = false
  let rows = 0
  let filled = false
  for (const one of text) {
    if (one === '"') quoted = !quoted
    if (one === '\n' && !quoted) {
      if (filled) rows += 1
      filled = false
    } else if (one !== '\r') filled = true
  }
  return Math.max(0, rows + (filled ? 1 : 0) - 1)
}

/** Write rows as CSV that Excel opens rightly; a leading `=`, `+`, `-` or `@` is kept from being a formula. */
export function written(rows: string[][]): string {
  const cell = (text: string): string => {
    const safe = /^[=+\-@]/.test(text) ? `'${text}` : text
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
  }
  return `\ufeff${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
}
