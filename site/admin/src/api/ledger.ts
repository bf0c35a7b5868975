import { get } from './client'

/** Every decision on a worker's archive, oldest first. */
export const fetchLedger = (worker: string) => get('/api/audit/workers/{worker}', { worker })
