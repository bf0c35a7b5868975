import { get, post, type Submission } from './client'
import type { Body } from './types'

/** A machine client; its first key is told in this answer alone. */
export const makeClient = (body: Body<'NewClient'>, submission: Submission) =>
  post('/api/clients', {}, body, submission)

export const fetchClient = (id: string) => get('/api/clients/{client}', { client: id })

/** Another key, told in this answer alone. */
export const followKey = (id: string, body: Body<'NewKey'>, submission: Submission) =>
  post('/api/clients/{client}/keys', { client: id }, body, submission)

export const withdrawKey = (id: string, key: string, body: Body<'Grounds'>, submission: Submission) =>
  post('/api/clients/{client}/keys/{key}/withdraw', { client: id, key }, body, submission)
