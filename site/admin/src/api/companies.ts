import { get, post, type Submission } from './client'
import type { Body, Company, CompanyBrief, Page } from './types'

export const listCompanies = (state: string, cursor: string | null, limit = 50) =>
  get<Page<CompanyBrief>>('/api/companies', { state, cursor, limit })

export const fetchCompany = (id: string) => get<Company>(`/api/companies/${encodeURIComponent(id)}`)

export const registerCompany = (body: Body<'NewCompany'>, submission: Submission) =>
  post<Company>('/api/companies', body, submission)

export const amendCompany = (id: string, body: Body<'Details'>, submission: Submission) =>
  post<Company>(`/api/companies/${encodeURIComponent(id)}/details`, body, submission)

export const announceChange = (id: string, body: Body<'Announcement'>, submission: Submission) =>
  post<Company>(`/api/companies/${encodeURIComponent(id)}/changes`, body, submission)

export const seeContact = (id: string, body: Body<'Purpose'>, submission: Submission) =>
  post<Record<string, string>>(`/api/companies/${encodeURIComponent(id)}/contact`, body, submission)

export const moveCompany = (id: string, move: string, body: Body<'Grounds'>, submission: Submission) =>
  post<Company>(`/api/companies/${encodeURIComponent(id)}/${move}`, body, submission)
