import { get, post, type Submission } from './client'
import type { Body } from './types'

export const listProposals = (move: string, cursor: string | null, limit = 50) =>
  get('/api/proposals', {}, { state: move, cursor, limit })

export const decideProposal = (number: string, decision: string, body: Body<'Grounds'>, submission: Submission) =>
  post('/api/proposals/{number}/{decision}', { number, decision }, body, submission)
