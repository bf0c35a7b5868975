import { get, post, type Submission } from './client'
import type { Body } from './types'

export const fetchColumns = () => get('/api/imports/columns', {}) as Promise<Record<'workers' | 'companies', string[]>>

export const beginImport = (body: Body<'NewImport'>, submission: Submission) =>
  post('/api/imports', {}, body, submission)

export const fetchImport = (id: string) => get('/api/imports/{job}', { job: id })

export const resumeImport = (id: string, submission: Submission) =>
  post('/api/imports/{job}/resume', { job: id }, {}, submission)
