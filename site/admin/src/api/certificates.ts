import { get, post, type Submission } from './client'
import type { Body } from './types'

export const listCertificates = (state: string, cursor: string | null, limit = 50) =>
  get('/api/certificates', {}, { state, cursor, limit })

export const fetchCertificate = (number: string) =>
  get('/api/certificates/{number}', { number })

export const moveCertificate = (number: string, move: string, body: Body<'CertificateMove'>, submission: Submission) =>
  post('/api/certificates/{number}/{move}', { number, move }, body, submission)

export const fetchCard = (number: string) =>
  get('/api/certificates/{number}/card', { number })

export const fetchPhone = (number: string) =>
  get('/api/certificates/{number}/phone', { number })
