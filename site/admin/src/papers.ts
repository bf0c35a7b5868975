/** Papers: the files of an archive that can be looked at, in the order in which they are checked, and their names. */

import type { FileKind, StoredFile, Worker } from './api/types'
import { t, type Key } from './words'

const ORDER: FileKind[] = ['identity', 'photo', 'exam', 'insurance', 'training', 'consent']

/** Those that are there, by what they prove; the newest of each first. */
export function papersOf(files: StoredFile[]): StoredFile[] {
  const there = files.filter((one) => !one.gone_on)
  return there.sort((one, other) => ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind) || other.at.localeCompare(one.at))
}

/** “体检证明 · 2026-03-02”: of an exam or policy with the day from which it counts. */
export function nameOfPaper(file: StoredFile, worker: Worker): string {
  const proven = [...worker.exams, ...worker.insurances].find((one) => one.id === file.of)
  const words = t(`files.${file.kind}` as Key)
  return proven ? `${words} · ${proven.from}` : words
}
