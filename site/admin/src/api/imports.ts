import { get, post, type Submission } from './client'
import type { Body, ImportProgress } from './types'

export const fetchColumns = () => get<Record<'workers' | 'companies', string[]>>('/api/imports/columns')

export const beginImport = (body: Body<'NewImport'>, submission: Submission) =>
  post<ImportProgress>('/api/imports', body, submission)

export const fetchImport = (id: string) => get<ImportProgress>(`/api/imports/${encodeURIComponent(id)}`)

export const resumeImport = (id: string, submission: Submission) =>
  post<ImportProgress>(`/api/imports/${encodeURIComponent(id)}/resume`, {}, submission)
