import { get, post, type Submission } from './client'
import type { Account, Body, Page, Role } from './types'

export interface AccountBrief {
  id: string
  name: string
  role: Role
  company: string | null
  state: string
}

export const fetchMe = () => get<Account>('/api/me')

export const listAccounts = (cursor: string | null, limit = 50) =>
  get<Page<AccountBrief>>('/api/accounts', { cursor, limit })

export const makeAccount = (body: Body<'NewAccount'>, submission: Submission) =>
  post<Account>('/api/accounts', body, submission)
