import { get, post, type Submission } from './client'
import type { Body } from './types'

export const listBatches = (state: string, cursor: string | null) =>
  get('/api/background-batches', {}, { state, cursor })

/** The answer alone tells the password. */
export const makeBatch = (body: Body<'NewBackgroundBatch'>, submission: Submission) =>
  post('/api/background-batches', {}, body, submission)

export const handOut = (id: string, submission: Submission) =>
  post('/api/background-batches/{batch}/file', { batch: id }, {}, submission)

export const importConclusions = (id: string, body: Body<'Conclusions'>, submission: Submission) =>
  post('/api/background-batches/{batch}/conclusions', { batch: id }, body, submission)

/** Who of a company was checked by the police in a year, page by page. */
export const listRecheckProof = (company: string, year: string, cursor: string | null) =>
  get('/api/companies/{company}/recheck-proof', { company }, { state: year, cursor, limit: 200 })
