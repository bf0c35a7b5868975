import { get, post, type Submission } from './client'
import type { Body, Client } from './types'

const place = (id: string, rest = '') => `/api/clients/${encodeURIComponent(id)}${rest}`

/** A machine client; its first key is told in this answer alone. */
export const makeClient = (body: Body<'NewClient'>, submission: Submission) =>
  post<Client>('/api/clients', body, submission)

export const fetchClient = (id: string) => get<Client>(place(id))

/** Another key, told in this answer alone. */
export const followKey = (id: string, body: Body<'NewKey'>, submission: Submission) =>
  post<Client>(place(id, '/keys'), body, submission)

export const withdrawKey = (id: string, key: string, body: Body<'Grounds'>, submission: Submission) =>
  post<Client>(place(id, `/keys/${encodeURIComponent(key)}/withdraw`), body, submission)
