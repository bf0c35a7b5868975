import { get, post, type Submission } from './client'
import type { Body } from './types'

export const listCardBatches = (state: string, cursor: string | null, limit = 50) =>
  get('/api/card-batches', {}, { state, cursor, limit })

export const fetchCardBatch = (id: string) => get('/api/card-batches/{cards}', { cards: id })

export const orderCards = (body: Body<'NewCardBatch'>, submission: Submission) =>
  post('/api/card-batches', {}, body, submission)

export const recordCards = (id: string, body: Body<'CardsMade'>, submission: Submission) =>
  post('/api/card-batches/{cards}/made', { cards: id }, body, submission)
