import { get, post, type Submission } from './client'
import type { Body, City } from './types'

export const fetchCity = (id: string) => get<City>(`/api/cities/${encodeURIComponent(id)}`)

export const chooseForCity = (id: string, body: Body<'NewChoice'>, submission: Submission) =>
  post<City>(`/api/cities/${encodeURIComponent(id)}/choices`, body, submission)

export const giveAuthorisation = (body: Body<'NewStanding'>, submission: Submission) =>
  post<City>('/api/authorisation', body, submission)

export const withdrawAuthorisation = (body: Body<'Reason'>, submission: Submission) =>
  post<City>('/api/authorisation/withdraw', body, submission)
