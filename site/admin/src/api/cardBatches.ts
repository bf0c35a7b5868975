import { get, post, type Submission } from './client'
import type { Body, CardBatch, CardBatchBrief, CardsRecorded, Page } from './types'

const place = (id: string, rest = '') => `/api/card-batches/${encodeURIComponent(id)}${rest}`

export const listCardBatches = (state: string, cursor: string | null, limit = 50) =>
  get<Page<CardBatchBrief>>('/api/card-batches', { state, cursor, limit })

export const fetchCardBatch = (id: string) => get<CardBatch>(place(id))

export const orderCards = (body: Body<'NewCardBatch'>, submission: Submission) =>
  post<CardBatch>('/api/card-batches', body, submission)

export const recordCards = (id: string, body: Body<'CardsMade'>, submission: Submission) =>
  post<CardsRecorded>(place(id, '/made'), body, submission)
