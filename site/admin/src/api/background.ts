import { get } from './client'
import type { CheckProof, Page } from './types'

/** Who of a company was checked by the police in a year, page by page. */
export const listRecheckProof = (company: string, year: string, cursor: string | null) =>
  get<Page<CheckProof>>(`/api/companies/${encodeURIComponent(company)}/recheck-proof`, { state: year, cursor, limit: 200 })
