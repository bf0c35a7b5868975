import { get, post, type Submission } from './client'
import type { Account, Body, Page } from './types'

export type AccountBrief = Body<'AccountBrief'>

export type AccountMove = 'disable' | 'enable' | 'sign-out' | 'reset-factor'

export const fetchMe = () => get<Account>('/api/me')

export const listAccounts = (cursor: string | null, limit = 50) =>
  get<Page<AccountBrief>>('/api/accounts', { cursor, limit })

export const moveAccount = (id: string, move: AccountMove, body: Body<'Grounds'>, submission: Submission) =>
  post<Account>(`/api/accounts/${id}/${move}`, body, submission)

export const makeAccount = (body: Body<'NewAccount'>, submission: Submission) =>
  post<Account>('/api/accounts', body, submission)
