import { get, post, type Submission } from './client'
import type { Body } from './types'

export const fetchCity = (id: string) => get('/api/cities/{city}', { city: id })

export const chooseForCity = (id: string, body: Body<'NewChoice'>, submission: Submission) =>
  post('/api/cities/{city}/choices', { city: id }, body, submission)

export const giveAuthorisation = (body: Body<'NewStanding'>, submission: Submission) =>
  post('/api/authorisation', {}, body, submission)

export const withdrawAuthorisation = (body: Body<'Reason'>, submission: Submission) =>
  post('/api/authorisation/withdraw', {}, body, submission)
