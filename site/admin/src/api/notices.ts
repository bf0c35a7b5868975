import { get, post, type Submission } from './client'
import type { Body } from './types'

export const listNotices = (cursor: string | null, limit = 50) => get('/api/notices', {}, { cursor, limit })

export const readNotices = (body: Body<'Reading'>, submission: Submission) =>
  post('/api/notices/read', {}, body, submission)
