/**
 * What a role is offered. The server decides; this only keeps away what it would refuse.
 * The same nouns as `rules/access.py`, `rules/application.py` and `rules/certificate.py`.
 */

import type { ApplicationState, CertificateState, CompanyState, Role } from './api/types'

const COMPANY: Role[] = ['company_owner', 'company_clerk']
const ASSOCIATION: Role[] = ['association_manager', 'association_clerk']
const REVIEWERS: Role[] = [...ASSOCIATION, 'bureau']
const STAFF: Role[] = [...REVIEWERS, ...COMPANY]

const MAY = {
  'account.see': ['administrator', 'association_manager', 'company_owner'],
  'company.register': ASSOCIATION,
  'company.list': REVIEWERS,
  'company.see': STAFF,
  'company.decide': ['association_manager'],
  'worker.register': COMPANY,
  'worker.see': [...STAFF, 'police'],
  'evidence.add': [...COMPANY, ...ASSOCIATION],
  'file.see': STAFF,
  'identity.verify': ASSOCIATION,
  'background.conclude': ['police'],
  'phone-page.make': [...COMPANY, ...ASSOCIATION],
  'import.make': [...COMPANY, ...ASSOCIATION],
  'application.open': COMPANY,
  'application.see': [...STAFF, 'police', 'print_vendor'],
  'certificate.see': [...STAFF, 'hotline', 'print_vendor'],
  'certificate.list': REVIEWERS,
  'card.see': [...ASSOCIATION, 'print_vendor'],
  'phone.see': [...ASSOCIATION, ...COMPANY],
} satisfies Record<string, Role[]>

export type Right = keyof typeof MAY

/** Tell whether a role has a right. */
export function may(role: Role | undefined, right: Right): boolean {
  return role !== undefined && (MAY[right] as Role[]).includes(role)
}

/** Tell whether a role is a company's. */
export function ofCompany(role: Role | undefined): boolean {
  return role !== undefined && COMPANY.includes(role)
}

/** Which roles an account may make; as `actions/accounts.py`. */
export const MAKES: Partial<Record<Role, Role[]>> = {
  administrator: [
    'province_auditor', 'bureau', 'association_manager', 'association_clerk', 'police', 'hotline', 'print_vendor',
  ],
  association_manager: ['association_clerk', 'company_owner', 'hotline', 'print_vendor'],
  company_owner: ['company_clerk'],
}

type Moves = Partial<Record<ApplicationState, string[]>>

const CLERK: Moves = {
  association_review: ['accept', 'return'],
  production: ['produce'],
  handover: ['hand-over'],
}
const COMPANY_CLERK: Moves = {
  draft: ['submit', 'withdraw'],
  returned: ['submit', 'withdraw'],
  company_review: ['withdraw'],
}

const MOVES: Partial<Record<Role, Moves>> = {
  company_clerk: COMPANY_CLERK,
  company_owner: { ...COMPANY_CLERK, company_review: ['forward', 'return', 'withdraw'], handover: ['hand-over'] },
  association_clerk: CLERK,
  association_manager: { ...CLERK, association_review: ['accept', 'return', 'refuse'] },
  police: { background: ['clear', 'return', 'refuse'] },
  bureau: { authorisation: ['authorise', 'return', 'refuse'] },
  print_vendor: { production: ['produce'] },
}

/** The moves a role may make on applications in a state. */
export function movesOf(role: Role | undefined, state: ApplicationState): string[] {
  return (role && MOVES[role]?.[state]) ?? []
}

/** The states in which something waits for a role. */
export function waitsFor(role: Role | undefined): ApplicationState[] {
  const order: ApplicationState[] = [
    'returned', 'company_review', 'association_review', 'background', 'authorisation', 'production', 'handover', 'draft',
  ]
  return order.filter((state) => movesOf(role, state).some((move) => move !== 'withdraw'))
}

/** Moves that end or send back an application, and ask for reasons. */
export const NEEDS_REASONS = new Set(['return', 'refuse', 'extend'])
/** Moves that cannot be undone by another button. */
export const GRAVE = new Set(['refuse', 'withdraw', 'revoke', 'suspend', 'lose', 'close'])

/** Every state of an application, in the order of the process. */
export const PROCESS: ApplicationState[] = [
  'company_review', 'association_review', 'background', 'authorisation', 'production', 'handover', 'done',
]
export const OPEN_STATES: ApplicationState[] = [
  'association_review', 'background', 'authorisation', 'production', 'handover', 'company_review', 'returned', 'draft',
]
export const CLOSED_STATES: ApplicationState[] = ['done', 'withdrawn', 'refused']
export const CERTIFICATE_STATES: CertificateState[] = [
  'active', 'issued', 'suspended', 'lost', 'revoked', 'expired',
]

const DECIDERS: Role[] = ['association_manager', 'bureau']
const TURNS: Record<string, Role[]> = {
  activate: [...ASSOCIATION, 'company_owner'],
  suspend: DECIDERS,
  resume: DECIDERS,
  lose: STAFF,
  revoke: DECIDERS,
  replace: ASSOCIATION,
  review: ASSOCIATION,
  renew: DECIDERS,
}

/** Of a certificate's possible moves, those that are a role's. */
export function turnsOf(role: Role | undefined, moves: string[]): string[] {
  return moves.filter((move) => role !== undefined && (TURNS[move] ?? []).includes(role))
}

/** The decisions on a company in a state. */
export const COMPANY_MOVES: Record<CompanyState, string[]> = {
  asked: ['confirm', 'refuse'],
  active: ['suspend', 'close'],
  suspended: ['resume', 'close'],
  refused: [],
  closed: [],
}
