import { get, post, type Submission } from './client'
import type { Body } from './types'

export const listTransfers = (cursor: string | null, limit = 50) => get('/api/transfers', {}, { cursor, limit })

export const fetchTransfer = (worker: string) => get('/api/transfers/{worker}', { worker })

export const askTransfer = (body: Body<'NewTransfer'>, submission: Submission) => post('/api/transfers', {}, body, submission)

export const moveTransfer = (worker: string, move: string, body: Body<'TransferMove'>, submission: Submission) =>
  post('/api/transfers/{worker}/{move}', { worker, move }, body, submission)
