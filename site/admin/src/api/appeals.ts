import { get, post, type Submission } from './client'
import type { Appeal, AppealBrief, Body, Page } from './types'

export const listAppeals = (state: string, cursor: string | null, limit = 50) =>
  get<Page<AppealBrief>>('/api/appeals', { state, cursor, limit })

export const fetchAppeal = (id: string) => get<Appeal>(`/api/appeals/${encodeURIComponent(id)}`)

export const fileAppeal = (body: Body<'NewAppeal'>, submission: Submission) =>
  post<Appeal>('/api/appeals', body, submission)

export const moveAppeal = (id: string, move: string, body: Body<'Grounds'>, submission: Submission) =>
  post<Appeal>(`/api/appeals/${encodeURIComponent(id)}/${move}`, body, submission)
