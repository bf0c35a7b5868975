import { get, post, type Submission } from './client'
import type { Body, Card, CertificateBrief, HeldCertificate, Page, Phone } from './types'

export const listCertificates = (state: string, cursor: string | null, limit = 50) =>
  get<Page<CertificateBrief>>('/api/certificates', { state, cursor, limit })

export const fetchCertificate = (number: string) =>
  get<HeldCertificate>(`/api/certificates/${encodeURIComponent(number)}`)

export const moveCertificate = (number: string, move: string, body: Body<'CertificateMove'>, submission: Submission) =>
  post<HeldCertificate>(`/api/certificates/${encodeURIComponent(number)}/${move}`, body, submission)

export const fetchCard = (number: string) =>
  get<Card>(`/api/certificates/${encodeURIComponent(number)}/card`)

export const fetchPhone = (number: string) =>
  get<Phone>(`/api/certificates/${encodeURIComponent(number)}/phone`)
