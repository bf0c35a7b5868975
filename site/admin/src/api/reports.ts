import { get, post, type Submission } from './client'
import type { Body } from './types'

export const listReports = (state: string, cursor: string | null, limit = 50) =>
  get('/api/reports', {}, { state, cursor, limit })

export const fetchReport = (id: string) => get('/api/reports/{report}', { report: id })

export const moveReport = (id: string, move: string, body: Body<'Grounds'>, submission: Submission) =>
  post('/api/reports/{report}/{move}', { report: id, move }, body, submission)
