/** What the API answers. Requests are typed by the OpenAPI document (`schema.d.ts`), answers here. */

import type { rights } from './rights'
import type { components } from './schema'

export type Body<Name extends keyof components['schemas']> = components['schemas'][Name]

export interface Page<Item> {
  items: Item[]
  next: string | null
}

export type Role = (typeof rights.roles)[number]

export interface Account {
  id: string
  role: Role
  city: string | null
  company: string | null
  name: string
  state: string
  revision: number
}

export type ApplicationState = keyof typeof rights.application.states
export type CertificateState = keyof typeof rights.certificate.states
export type CompanyState = keyof typeof rights.company.states

export interface ApplicationBrief {
  id: string
  worker: string
  name: string
  state: ApplicationState
  company: string
  company_name: string
  opened_on: string
  due_on: string | null
  waiting_since: string | null
  service_types: string[]
  revision: number
}

export interface WorkerBrief {
  id: string
  name: string
  service_types: string[]
  company: string
  company_name: string
  certificate: CertificateState | 'none'
  application: ApplicationState | null
  revision: number
}

export interface CertificateBrief {
  number: string
  worker: string
  name: string
  state: CertificateState
  issued_on: string
  revision: number
}

export interface CompanyBrief {
  id: string
  name: string
  state: CompanyState
  district: string | null
  revision: number
}

export interface Company extends CompanyBrief {
  credit_code: string
  since: string
  ground: string | null
  representative: string | null
  staff_employed: boolean
  commitment_on: string | null
  /** By how many days its last change was reported too late. */
  reported_late: number
}

export interface Exam {
  id: string
  category: string
  from: string
  until: string
  issuer: string
  reference: string | null
}

export interface Insurance {
  id: string
  from: string
  until: string
  third_party: boolean
  issuer: string
  reference: string | null
}

export interface Certificate {
  number: string
  state: CertificateState
  issued_on: string
  until: string | null
  review_due: string | null
  token: string
  url: string
}

export interface Worker {
  id: string
  revision: number
  name: string
  service_types: string[]
  identity: 'verified' | 'unverified'
  company: { id: string; name: string; state: string }
  exams: Exam[]
  insurances: Insurance[]
  training: { state: 'done' | 'missing' | 'not_required'; done_on: string | null; issuer: string | null }
  consent: { given_on: string | null; withdrawn_on: string | null; text: string | null }
  background: {
    conclusion: 'passed' | 'failed' | 'pending' | 'none'
    checked_on: string | null
    due_on: string | null
  }
  certificate: Certificate | null
  stop: { code: string; since: string; ground: string } | null
  applications: { id: string; state: ApplicationState }[]
}

export type FileKind = 'exam' | 'insurance' | 'training' | 'consent' | 'identity' | 'photo'

export interface StoredFile {
  id: string
  kind: FileKind
  type: string
  size: number
  sha256: string
  scan: 'clean' | 'not-scanned'
  at: string
  of: string | null
  fault: string | null
  gone_on: string | null
}

/** Another person for whom the same file was used; who it is, only where the role may see that person. */
export interface Duplicate {
  file: string
  kind: FileKind
  where: 'this-city' | 'another-city'
  worker: string | null
  name?: string
  company: string | null
}

export interface Files {
  items: StoredFile[]
  duplicates: Duplicate[]
}

export interface FileAddress {
  id: string
  url: string
  fields: Record<string, string>
  expires: string
}

export interface Step {
  move: string
  source: ApplicationState
  target: ApplicationState
  by: string
  role: Role
  at: string
  reasons: string[]
  note: string | null
}

export interface Application {
  id: string
  state: ApplicationState
  state_name: string
  company: string
  opened_on: string
  submitted_on: string | null
  due_on: string | null
  step_due_on: string | null
  waiting_since: string | null
  extension: { working_days: number; given_on: string; reason: string } | null
  provisional: boolean
  steps: Step[]
  revision: number
  worker: Worker
  moves: string[]
  /** With a GET only, not with the answer to a move. */
  duplicates?: Duplicate[]
  return_reasons: Record<string, string>
  extension_reasons: Record<string, string>
}

export interface HeldCertificate extends Certificate {
  revision: number
  worker: string
  name: string
  company: { id: string; name: string }
  moves: string[]
  bases: Record<string, { text: string; source: string; moves: string[] }>
  proposal: Proposal | null
}

/** A move that one person asked for and that waits for a second. */
export interface Proposal {
  move: string
  move_name: string
  basis: string | null
  ground: string
  by_name: string
  on: string
  due_on: string
  decisions: string[]
}

/** What is printed on a card; `svg` is text, `png` a data URL. */
export interface Card {
  number: string
  name: string
  photo: null
  issuer: string
  issued_on: string
  url: string
  svg: string
  png: string
}

/** The e-code as a telephone shows it on a day. */
export interface Phone {
  number: string
  colour: 'green' | 'yellow' | 'red' | 'grey'
  word: string
  day: string
  url: string
  svg: string
}

export interface BackgroundBatchBrief {
  id: string
  state: 'making' | 'ready' | 'concluded' | 'closed'
  at: string
  members: number
  left: number
}

export interface NewBackgroundBatch extends BackgroundBatchBrief {
  password: string
}

/** One conclusion of the police on a worker of a company, as its proof shows it. */
export interface CheckProof {
  worker: string
  name: string
  conclusion: 'passed' | 'failed'
  checked_on: string
}

export interface Readiness {
  ready: boolean
  missing: { field: string; code: string; message: string }[]
}

export interface BatchResult {
  done: number
  items: {
    id: string
    application?: string
    state?: ApplicationState
    revision?: number
    problem?: { type: string; status: number; detail: string }
  }[]
}

export interface ImportProgress {
  id: string
  kind: 'workers' | 'companies'
  state: 'running' | 'finished'
  rows: number
  done: number
  duplicate: number
  refused: number
  slices: number
  slices_done: number
  report: { row: number; state: 'duplicate' | 'refused'; message: string }[]
}

/** A page for a worker's phone; the address is told once. */
export interface MadePhonePage {
  address: string | null
  since: string
}

/** One line of what waits for a second person. */
export interface ProposalBrief {
  number: string
  worker: string
  name: string
  company_name: string
  move: (typeof rights.proposal.moves)[number]
  basis: string | null
  by_name: string
  on: string
  due_on: string
  overdue: boolean
}

export interface Notice {
  id: string
  title: string
  text: string
  template: string
  at: string
  worker: string | null
  read_at: string | null
  channels: Record<string, string>
}

export type AppealState = keyof typeof rights.appeal.states
export type AppealSubject = keyof typeof rights.appeal.subjects

export interface AppealBrief {
  id: string
  worker: string
  name: string
  subject: AppealSubject
  about: string
  state: AppealState
  filed_on: string
  due_on: string
  company: string
  company_name: string
  overdue: boolean
}

export interface Appeal {
  id: string
  worker: string
  name: string
  subject: AppealSubject
  subject_name: string
  /** The number of a certificate, or the id of a refused application. */
  about: string
  statement: string
  channel: 'company' | 'paper'
  state: AppealState
  state_name: string
  filed_on: string
  due_on: string
  provisional: boolean
  flagged: boolean
  decided_on: string | null
  reason: string | null
  follows: string | null
  revision: number
  moves: string[]
}

export type SourceKind = (typeof rights.bulk_stop.kinds)[number]
export type BulkStopState = (typeof rights.bulk_stop.states)[number]

export interface BulkStopBrief {
  id: string
  kind: SourceKind
  /** As they were written; for companies, their ids. */
  names: string[]
  move: 'suspend' | 'revoke'
  state: BulkStopState
  by_name: string
  at: string
  rows: number
}

export interface BulkStop extends BulkStopBrief {
  from: string | null
  until: string | null
  basis: string
  ground: string
  counted: Record<string, number>
  slices: number
  revision: number
  progress: { slices_done: number; stopped: number; 'nothing-to-do': number } | null
  decisions: string[]
}

export interface City {
  id: string
  name: string
  association: string
  hotline: string
  overrides: { from: string; overrides: { grounds?: Record<string, string>; activation_required?: boolean } }[]
  standing: { first: string; last: string; ground: string } | null
  revision: number
}

export type CheckColour = 'green' | 'yellow' | 'red' | 'grey'

/** What the public is told of a code (`contracts/check.schema.json`), as far as a page here shows it. */
export interface Check {
  result: 'known' | 'unknown' | 'unavailable'
  colour: CheckColour
  reasons: { code: string; group: string; since: string | null; text: string; text_en?: string }[]
  objection?: { since: string; text: string; text_en: string }
  holder: { name: string; service_types: string[]; company: string | null; certificate: string } | null
  as_of: string
}
