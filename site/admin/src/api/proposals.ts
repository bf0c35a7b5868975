import { get, post, type Submission } from './client'
import type { Body, HeldCertificate, Page, ProposalBrief } from './types'

export const listProposals = (move: string, cursor: string | null, limit = 50) =>
  get<Page<ProposalBrief>>('/api/proposals', { state: move, cursor, limit })

export const decideProposal = (number: string, decision: string, body: Body<'Grounds'>, submission: Submission) =>
  post<HeldCertificate>(`/api/proposals/${encodeURIComponent(number)}/${decision}`, body, submission)
