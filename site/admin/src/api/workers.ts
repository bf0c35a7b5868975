import { get, post, type Submission } from './client'
import type { Body, CopyOfWorker, MadePhonePage, Page, Readiness, Revealed, Views, Worker, WorkerBrief } from './types'

const place = (id: string, rest = '') => `/api/workers/${encodeURIComponent(id)}${rest}`

export const listWorkers = (state: string, cursor: string | null, limit = 50) =>
  get<Page<WorkerBrief>>('/api/workers', { state, cursor, limit })

export const fetchWorker = (id: string) => get<Worker>(place(id))

export const fetchReadiness = (id: string) => get<Readiness>(place(id, '/readiness'))

export const registerWorker = (body: Body<'NewWorker'>, submission: Submission) =>
  post<Worker>('/api/workers', body, submission)

export const amendWorker = (id: string, body: Body<'CorrectedDetails'>, submission: Submission) =>
  post<Worker>(place(id, '/details'), body, submission)

export const addExam = (id: string, body: Body<'NewExam'>, submission: Submission) =>
  post<Worker>(place(id, '/exams'), body, submission)

export const amendExam = (id: string, exam: string, body: Body<'AmendedExam'>, submission: Submission) =>
  post<Worker>(place(id, `/exams/${encodeURIComponent(exam)}/amend`), body, submission)

export const addInsurance = (id: string, body: Body<'NewInsurance'>, submission: Submission) =>
  post<Worker>(place(id, '/insurances'), body, submission)

export const amendInsurance = (id: string, insurance: string, body: Body<'AmendedInsurance'>, submission: Submission) =>
  post<Worker>(place(id, `/insurances/${encodeURIComponent(insurance)}/amend`), body, submission)

export const addTraining = (id: string, body: Body<'NewTraining'>, submission: Submission) =>
  post<Worker>(place(id, '/training'), body, submission)

export const giveConsent = (id: string, body: Body<'NewConsent'>, submission: Submission) =>
  post<Worker>(place(id, '/consents'), body, submission)

export const withdrawConsent = (id: string, body: Body<'Withdrawal'>, submission: Submission) =>
  post<Worker>(place(id, '/consents/withdraw'), body, submission)

export const verifyIdentity = (id: string, body: Body<'NewIdentity'>, submission: Submission) =>
  post<Worker>(place(id, '/identity'), body, submission)

export const concludeBackground = (id: string, body: Body<'Conclusion'>, submission: Submission) =>
  post<Worker>(place(id, '/background'), body, submission)

export const makePhonePage = (id: string, smartphone: boolean, submission: Submission) =>
  post<MadePhonePage>(place(id, '/phone-page'), { smartphone }, submission)

/** One sealed field, opened for a purpose: counted for the day and told to the worker. */
export const reveal = (id: string, body: Body<'NewReveal'>, submission: Submission) =>
  post<Revealed>(place(id, '/reveal'), body, submission)

/** Who was shown something of a worker, the latest first. */
export const listViews = (id: string) => get<Views>(place(id, '/views'))

/** All that is kept of a worker, for the worker: counted as a look, and told. */
export const copyOf = (id: string) => get<CopyOfWorker>(place(id, '/copy'))

export const eraseWorker = (id: string, body: Body<'Erasure'>, submission: Submission) =>
  post<Worker>(place(id, '/erase'), body, submission)
