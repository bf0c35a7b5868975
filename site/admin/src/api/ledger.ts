import { get } from './client'
import type { Ledger } from './types'

/** Every decision on a worker's archive, oldest first. */
export const fetchLedger = (worker: string) => get<Ledger>(`/api/audit/workers/${encodeURIComponent(worker)}`)
