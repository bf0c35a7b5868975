import { get, post, type Submission } from './client'
import type { Body, BulkStop, BulkStopBrief, Page } from './types'

const place = (id: string, rest = '') => `/api/bulk-stops/${encodeURIComponent(id)}${rest}`

export const listBulkStops = (state: string, cursor: string | null, limit = 50) =>
  get<Page<BulkStopBrief>>('/api/bulk-stops', { state, cursor, limit })

export const fetchBulkStop = (id: string) => get<BulkStop>(place(id))

export const previewBulkStop = (body: Body<'NewBulkStop'>, submission: Submission) =>
  post<BulkStop>('/api/bulk-stops', body, submission)

export const decideBulkStop = (id: string, decision: string, body: Body<'Grounds'>, submission: Submission) =>
  post<BulkStop>(place(id, `/${decision}`), body, submission)

export const resumeBulkStop = (id: string, submission: Submission) =>
  post<BulkStop>(place(id, '/resume'), {}, submission)
