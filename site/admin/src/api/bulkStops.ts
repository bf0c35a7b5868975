import { get, post, type Submission } from './client'
import type { Body } from './types'

export const listBulkStops = (state: string, cursor: string | null, limit = 50) =>
  get('/api/bulk-stops', {}, { state, cursor, limit })

export const fetchBulkStop = (id: string) => get('/api/bulk-stops/{id}', { id })

export const previewBulkStop = (body: Body<'NewBulkStop'>, submission: Submission) =>
  post('/api/bulk-stops', {}, body, submission)

export const decideBulkStop = (id: string, decision: string, body: Body<'Grounds'>, submission: Submission) =>
  post('/api/bulk-stops/{id}/{decision}', { id, decision }, body, submission)

export const resumeBulkStop = (id: string, submission: Submission) =>
  post('/api/bulk-stops/{id}/resume', { id }, {}, submission)
