import { get } from './client'

/** What of each worker ends first: a company's own, or the city's of a month. */
export const listEnds = (month: string, cursor: string | null, limit = 50) => get('/api/ends', {}, { state: month, cursor, limit })

/** Whose yearly check falls due: a company's own, or the city's of a month. */
export const listRechecks = (month: string, cursor: string | null, limit = 50) => get('/api/rechecks', {}, { state: month, cursor, limit })
