import { get, post, type Submission } from './client'
import type { Body, Notice, Page } from './types'

export const listNotices = (cursor: string | null, limit = 50) => get<Page<Notice>>('/api/notices', { cursor, limit })

export const readNotices = (body: Body<'Reading'>, submission: Submission) =>
  post<{ read: number }>('/api/notices/read', body, submission)
