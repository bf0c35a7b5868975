import { get, post, type Submission } from './client'
import type { Body } from './types'

export const listCompanies = (state: string, cursor: string | null, limit = 50) =>
  get('/api/companies', {}, { state, cursor, limit })

export const fetchCompany = (id: string) => get('/api/companies/{company}', { company: id })

export const registerCompany = (body: Body<'NewCompany'>, submission: Submission) =>
  post('/api/companies', {}, body, submission)

export const amendCompany = (id: string, body: Body<'Details'>, submission: Submission) =>
  post('/api/companies/{company}/details', { company: id }, body, submission)

export const announceChange = (id: string, body: Body<'Announcement'>, submission: Submission) =>
  post('/api/companies/{company}/changes', { company: id }, body, submission)

export const seeContact = (id: string, body: Body<'Purpose'>, submission: Submission) =>
  post('/api/companies/{company}/contact', { company: id }, body, submission)

export const moveCompany = (id: string, move: string, body: Body<'Grounds'>, submission: Submission) =>
  post('/api/companies/{company}/{move}', { company: id, move }, body, submission)
