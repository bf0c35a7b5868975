import { get, post, type Submission } from './client'
import type { AddressOfBatch, BackgroundBatchBrief, Body, CheckProof, ImportProgress, NewBackgroundBatch, Page } from './types'

const place = (id: string, rest: string) => `/api/background-batches/${encodeURIComponent(id)}${rest}`

export const listBatches = (state: string, cursor: string | null) =>
  get<Page<BackgroundBatchBrief>>('/api/background-batches', { state, cursor })

/** The answer alone tells the password. */
export const makeBatch = (body: Body<'NewBackgroundBatch'>, submission: Submission) =>
  post<NewBackgroundBatch>('/api/background-batches', body, submission)

export const handOut = (id: string, submission: Submission) =>
  post<AddressOfBatch>(place(id, '/file'), {}, submission)

export const importConclusions = (id: string, body: Body<'Conclusions'>, submission: Submission) =>
  post<ImportProgress>(place(id, '/conclusions'), body, submission)

/** Who of a company was checked by the police in a year, page by page. */
export const listRecheckProof = (company: string, year: string, cursor: string | null) =>
  get<Page<CheckProof>>(`/api/companies/${encodeURIComponent(company)}/recheck-proof`, { state: year, cursor, limit: 200 })
