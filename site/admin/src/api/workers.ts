import { get, post, type Submission } from './client'
import type { Body } from './types'

export const listWorkers = (state: string, cursor: string | null, limit = 50) =>
  get('/api/workers', {}, { state, cursor, limit })

export const fetchWorker = (id: string) => get('/api/workers/{worker}', { worker: id })

export const fetchReadiness = (id: string) => get('/api/workers/{worker}/readiness', { worker: id })

export const registerWorker = (body: Body<'NewWorker'>, submission: Submission) =>
  post('/api/workers', {}, body, submission)

export const amendWorker = (id: string, body: Body<'CorrectedDetails'>, submission: Submission) =>
  post('/api/workers/{worker}/details', { worker: id }, body, submission)

export const addExam = (id: string, body: Body<'NewExam'>, submission: Submission) =>
  post('/api/workers/{worker}/exams', { worker: id }, body, submission)

export const amendExam = (id: string, exam: string, body: Body<'AmendedExam'>, submission: Submission) =>
  post('/api/workers/{worker}/exams/{exam}/amend', { worker: id, exam }, body, submission)

export const addInsurance = (id: string, body: Body<'NewInsurance'>, submission: Submission) =>
  post('/api/workers/{worker}/insurances', { worker: id }, body, submission)

export const amendInsurance = (id: string, insurance: string, body: Body<'AmendedInsurance'>, submission: Submission) =>
  post('/api/workers/{worker}/insurances/{insurance}/amend', { worker: id, insurance }, body, submission)

export const addTraining = (id: string, body: Body<'NewTraining'>, submission: Submission) =>
  post('/api/workers/{worker}/training', { worker: id }, body, submission)

export const giveConsent = (id: string, body: Body<'NewConsent'>, submission: Submission) =>
  post('/api/workers/{worker}/consents', { worker: id }, body, submission)

export const withdrawConsent = (id: string, body: Body<'Withdrawal'>, submission: Submission) =>
  post('/api/workers/{worker}/consents/withdraw', { worker: id }, body, submission)

/** A withdrawal was recorded by mistake: on its day, by the role that recorded it. */
export const undoWithdrawal = (id: string, body: Body<'Void'>, submission: Submission) =>
  post('/api/workers/{worker}/consents/undo', { worker: id }, body, submission)

export const verifyIdentity = (id: string, body: Body<'NewIdentity'>, submission: Submission) =>
  post('/api/workers/{worker}/identity', { worker: id }, body, submission)

export const concludeBackground = (id: string, body: Body<'Conclusion'>, submission: Submission) =>
  post('/api/workers/{worker}/background', { worker: id }, body, submission)

export const makePhonePage = (id: string, smartphone: boolean, submission: Submission) =>
  post('/api/workers/{worker}/phone-page', { worker: id }, { smartphone }, submission)

/** One sealed field, opened for a purpose: counted for the day and told to the worker. */
export const reveal = (id: string, body: Body<'NewReveal'>, submission: Submission) =>
  post('/api/workers/{worker}/reveal', { worker: id }, body, submission)

/** Who was shown something of a worker, the latest first. */
export const listViews = (id: string) => get('/api/workers/{worker}/views', { worker: id })

/** All that is kept of a worker, opened, for the worker's own hands: each opening counted, and told. */
export const copyOf = (id: string, submission: Submission) => post('/api/workers/{worker}/copy', { worker: id }, {}, submission)

export const eraseWorker = (id: string, body: Body<'Erasure'>, submission: Submission) =>
  post('/api/workers/{worker}/erase', { worker: id }, body, submission)
