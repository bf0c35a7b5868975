/**
 * What a role is offered. The server decides; this only keeps away what it would refuse.
 * The tables are the server's own (`api/rights.ts`, written by `npm run types`); only the order of things is ours.
 */

import { rights } from './api/rights'
import type { ApplicationState, CertificateState, CompanyState, Role } from './api/types'

export type Right = keyof typeof rights.may
export type ApplicationMove = keyof typeof rights.application.moves
export type CompanyMove = keyof typeof rights.company.moves

/** The reasons of a return or refusal, and of more time; one application brings its own lists from the server. */
export const RETURN_REASONS: Record<string, string> = rights.application.return_reasons
export const EXTENSION_REASONS: Record<string, string> = rights.application.extension_reasons

const MOVES = rights.application.moves
const keys = <Name extends string>(table: Record<Name, unknown>): Name[] => Object.keys(table) as Name[]
const named = (list: readonly string[] | undefined, one: string | undefined): boolean => one !== undefined && (list ?? []).includes(one)

/** Tell whether a role has a right. */
export const may = (role: Role | undefined, right: Right): boolean => named(rights.may[right], role)

/** Tell whether a role is a company's. */
export const ofCompany = (role: Role | undefined): boolean => named(rights.company_roles, role)

/** Which roles an account may make. */
export function makes(role: Role | undefined): Role[] {
  return [...((rights.makes as Partial<Record<Role, readonly Role[]>>)[role ?? 'feed'] ?? [])]
}

/** The moves a role may make on applications in a state. */
export function movesOf(role: Role | undefined, state: ApplicationState): ApplicationMove[] {
  return keys(MOVES).filter((move) => named((MOVES[move].by as Partial<Record<ApplicationState, readonly string[]>>)[state], role))
}

/** The states in which something waits for a role: a move that takes the application on, back or to its end. */
export function waitsFor(role: Role | undefined): ApplicationState[] {
  const order: ApplicationState[] = [
    'returned', 'company_review', 'association_review', 'background', 'authorisation', 'production', 'handover', 'draft',
  ]
  return order.filter((state) => movesOf(role, state).some((move) => move !== 'withdraw' && MOVES[move].target !== null))
}

/** The decisions on a company in a state. */
export function companyMoves(state: CompanyState): CompanyMove[] {
  return keys(rights.company.moves).filter((move) => named(rights.company.moves[move].from, state))
}

/** The legal bases that bear a move, by code. */
export function basesOf(move: string): Record<string, { text: string }> {
  return Object.fromEntries(Object.entries(rights.bases).filter(([, one]) => named(one.moves, move)))
}

/** Moves of an application that ask for reasons. */
export const NEEDS_REASONS = new Set<string>(keys(MOVES).filter((move) => MOVES[move].reasons))
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
