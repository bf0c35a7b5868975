import { get, post, type Submission } from './client'
import type { Body } from './types'

/** `company` and `due` (on that day or before) leave out all others. */
export const listApplications = (state: string, cursor: string | null, limit = 50, asked: { company?: string; due?: string } = {}) =>
  get('/api/applications', {}, { state, ...asked, cursor, limit })

export const fetchApplication = (id: string) => get('/api/applications/{application}', { application: id })

export const openApplication = (body: Body<'NewApplication'>, submission: Submission) =>
  post('/api/applications', {}, body, submission)

export const moveApplication = (id: string, move: string, body: Body<'Moving'>, submission: Submission) =>
  post('/api/applications/{application}/{move}', { application: id, move }, body, submission)

export const moveApplications = (body: Body<'Batch'>, submission: Submission) =>
  post('/api/batches/applications', {}, body, submission)

export const openApplications = (body: Body<'OpenBatch'>, submission: Submission) =>
  post('/api/batches/openings', {}, body, submission)
