/** Printed forms: Chinese alone. The authorisation's text has versions; a consent records the one that was signed. */

import { today } from '@/days'

import consents from '../../../../chalicelib/words/consents.json'

export interface Authorisation {
  lead: string
  clauses: { title: string; text: string }[]
  close: string
}

/** The texts of the server itself, so that the page, the paper and the record speak of the same version. */
export const AUTHORISATIONS: Record<string, Authorisation> = Object.fromEntries(consents.versions.map((one) => [one.version, one]))
/** The version in force today: a coming one may be packaged before its day. */
export const LATEST = (consents.versions.filter((one) => one.from <= today()).at(-1) ?? consents.versions[0]!).version

/** The version to print: the one that the standing consent was given on, else the latest. */
export function versionOf(consent: { given_on: string | null; withdrawn_on: string | null; text: string | null }): string {
  const stands = consent.given_on !== null && (consent.withdrawn_on === null || consent.withdrawn_on < consent.given_on)
  return stands && consent.text !== null && consent.text in AUTHORISATIONS ? consent.text : LATEST
}

export const SERVICES = [
  '保洁', '做饭', '钟点工', '居家保姆', '住家保姆', '养老照护', '病患陪护', '母婴照护', '月嫂', '育婴', '家电清洗', '搬家', '维修',
]
export const CONCLUSIONS: Record<string, string> = { passed: '通过', failed: '未通过', pending: '核查中' }
