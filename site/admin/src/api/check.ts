import { look } from './client'
import type { Check } from './types'

/** What anybody who scans the code is told now. */
export const fetchCheck = (token: string) => look<Check>(`/v/${encodeURIComponent(token)}`)
