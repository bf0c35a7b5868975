/** What the API takes and answers, by the names that the pages use; all of it is typed by the OpenAPI document. */

import type { rights } from './rights'
import type { components } from './schema'

type Schemas = components['schemas']
export type Body<Name extends keyof Schemas> = Schemas[Name]

export interface Page<Item> {
  items: Item[]
  next: string | null
}

export type Role = (typeof rights.roles)[number]
/** `second_factor` comes with one's own account only. */
export type Account = Schemas['ShownAccount'] & { role: Role } & Partial<Pick<Schemas['OwnAccount'], 'second_factor'>>

export type Standing = Schemas['FactorStanding']
export type FactorOffer = Schemas['ShownOffer']

export type ApplicationState = Schemas['ApplicationBrief']['state']
export type CertificateState = Schemas['ShownCertificate']['state']
export type CompanyState = Schemas['ShownCompany']['state']

export type ApplicationBrief = Schemas['ApplicationBrief']
export type WorkerBrief = Schemas['WorkerBrief']
export type CertificateBrief = Schemas['CertificateBrief']
export type CompanyBrief = Schemas['CompanyBrief']
export type Company = Schemas['ShownCompany']
export type Exam = Schemas['ShownExam']
export type Insurance = Schemas['ShownInsurance']
export type Certificate = Schemas['ShownCertificate']
export type Worker = Schemas['ShownWorker']

export type StoredFile = Schemas['ShownFile']
export type FileKind = StoredFile['kind']
export type Duplicate = Schemas['Duplicate']
export type Files = Schemas['ShownFiles']
export type FileAddress = Schemas['AddressToSend']

export type Step = Schemas['Step']
/** `duplicates` come with a GET only, not with the answer to a move. */
export type Application = Schemas['ShownApplication'] & Partial<Pick<Schemas['OpenedApplication'], 'duplicates'>>
export type HeldCertificate = Schemas['HeldCertificate']
export type Proposal = Schemas['ShownProposal']
export type Card = Schemas['ShownCard']
export type CardBatchBrief = Schemas['CardBatchBrief']
export type CardBatch = Schemas['ShownCardBatch']
export type OrderedCard = Schemas['OrderedCard']
export type CardsRecorded = Schemas['CardsRecorded']
export type Phone = Schemas['ShownPhone']
export type BackgroundBatchBrief = Schemas['BackgroundBatchBrief']
export type NewBackgroundBatch = Schemas['NewlyMadeBatch']
export type CheckProof = Schemas['CheckProof']
export type Readiness = Schemas['Readiness']
export type BatchResult = Schemas['BatchResult']
export type ImportProgress = Schemas['Import']
export type MadePhonePage = Schemas['Made']
export type ProposalBrief = Schemas['ProposalBrief']
export type Notice = Schemas['NoticeBrief']

export type AppealState = Schemas['ShownAppeal']['state']
export type AppealSubject = Schemas['ShownAppeal']['subject']
export type AppealBrief = Schemas['AppealBrief']
export type Appeal = Schemas['ShownAppeal']

export type SourceKind = Schemas['ShownBulkStop']['kind']
export type BulkStopState = Schemas['ShownBulkStop']['state']
export type BulkStopBrief = Schemas['BulkStopBrief']
export type BulkStop = Schemas['ShownBulkStop']
export type City = Schemas['ShownCity']

export type ReportBrief = Schemas['ReportBrief']
export type Report = Schemas['ShownReport']
export type TransferBrief = Schemas['TransferBrief']
export type Transfer = Schemas['ShownTransfer']
export type EndBrief = Schemas['EndBrief']
export type RecheckBrief = Schemas['RecheckBrief']
export type Revealed = Schemas['Revealed']
export type View = Schemas['View']
export type Views = Schemas['Views']
export type CopyOfWorker = Schemas['CopyOfWorker']
export type Client = Schemas['ShownClient']
export type Scope = Client['scopes'][number]
export type Ledger = Schemas['Ledger']
export type LedgerEntry = Schemas['LedgerEntry']

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

export type Stats = Schemas['Stats']
export type Figures = Schemas['Figures']
export type OfCity = Schemas['OfCity']
export type StatsOfCompany = Schemas['NamedCompany']
