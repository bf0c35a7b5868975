import { get, post, type Submission } from './client'
import type { Body, Page, Report, ReportBrief } from './types'

export const listReports = (state: string, cursor: string | null, limit = 50) =>
  get<Page<ReportBrief>>('/api/reports', { state, cursor, limit })

export const fetchReport = (id: string) => get<Report>(`/api/reports/${encodeURIComponent(id)}`)

export const moveReport = (id: string, move: string, body: Body<'Grounds'>, submission: Submission) =>
  post<Report>(`/api/reports/${encodeURIComponent(id)}/${move}`, body, submission)
