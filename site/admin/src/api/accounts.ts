import { get, post, type Submission } from './client'
import type { Account, Body } from './types'

export type AccountBrief = Body<'AccountBrief'>

export type AccountMove = 'disable' | 'enable' | 'sign-out' | 'reset-factor'

export const fetchMe = () => get('/api/me', {}) as Promise<Account>

/** A company's come all at once; others' by their state, and an administrator's of a city, if one is given. */
export const listAccounts = (state: AccountBrief['state'], city: string | null, cursor: string | null, limit = 50) =>
  get('/api/accounts', {}, { state, city, cursor, limit })

export const moveAccount = (id: string, move: AccountMove, body: Body<'Grounds'>, submission: Submission) =>
  post('/api/accounts/{account}/{move}', { account: id, move }, body, submission)

export const makeAccount = (body: Body<'NewAccount'>, submission: Submission) =>
  post('/api/accounts', {}, body, submission)
