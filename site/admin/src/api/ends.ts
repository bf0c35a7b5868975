import { get } from './client'
import type { EndBrief, Page, RecheckBrief } from './types'

/** What of each worker ends first: a company's own, or the city's of a month. */
export const listEnds = (month: string, cursor: string | null, limit = 50) => get<Page<EndBrief>>('/api/ends', { state: month, cursor, limit })

/** Whose yearly check falls due: a company's own, or the city's of a month. */
export const listRechecks = (month: string, cursor: string | null, limit = 50) => get<Page<RecheckBrief>>('/api/rechecks', { state: month, cursor, limit })
