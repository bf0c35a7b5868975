import { get, post, type Submission } from './client'
import type { Body } from './types'

export const listAppeals = (state: string, cursor: string | null, limit = 50) =>
  get('/api/appeals', {}, { state, cursor, limit })

export const fetchAppeal = (id: string) => get('/api/appeals/{appeal}', { appeal: id })

export const fileAppeal = (body: Body<'NewAppeal'>, submission: Submission) =>
  post('/api/appeals', {}, body, submission)

export const moveAppeal = (id: string, move: string, body: Body<'Grounds'>, submission: Submission) =>
  post('/api/appeals/{appeal}/{move}', { appeal: id, move }, body, submission)
