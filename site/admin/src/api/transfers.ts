import { get, post, type Submission } from './client'
import type { Body, Page, Transfer, TransferBrief } from './types'

const place = (worker: string, rest = '') => `/api/transfers/${encodeURIComponent(worker)}${rest}`

export const listTransfers = (cursor: string | null, limit = 50) => get<Page<TransferBrief>>('/api/transfers', { cursor, limit })

export const fetchTransfer = (worker: string) => get<Transfer>(place(worker))

export const askTransfer = (body: Body<'NewTransfer'>, submission: Submission) => post<Transfer>('/api/transfers', body, submission)

export const moveTransfer = (worker: string, move: string, body: Body<'TransferMove'>, submission: Submission) =>
  post<Transfer>(place(worker, `/${move}`), body, submission)
