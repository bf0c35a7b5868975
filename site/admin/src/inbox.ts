/** How many notices the house has not read; asked again when somebody comes back to the page. */

import { ref } from 'vue'

import { listNotices } from './api/notices'

const LIMIT = 50
const PERIOD_MS = 120_000

/** Unread among the newest; `most` says that there may be more. */
export const unread = ref(0)
export const most = LIMIT

let last = 0

/** Count anew. A failure is nobody's business here: the page of notices tells of it. */
export async function countUnread(): Promise<void> {
  last = Date.now()
  const page = await listNotices(null, LIMIT).catch(() => null)
  if (page) unread.value = page.items.filter((one) => !one.read_at).length
}

/** Count anew unless that was done just now. */
export function countUnreadSometimes(): void {
  if (document.visibilityState === 'visible' && Date.now() - last > PERIOD_MS) void countUnread()
}
