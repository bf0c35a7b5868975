/** Ask before a page is left, or a dialog closed, that would take something filled in with it. */

import { onBeforeUnmount, onMounted } from 'vue'
import { onBeforeRouteLeave } from 'vue-router'

import { t, type Key } from './words'

/** Guard the page while `lost` says that leaving loses something: by a link here, by a reload or by closing. */
export function useGuard(lost: () => boolean, question: Key = 'leave.lost', lostByReload = lost): void {
  const warn = (event: BeforeUnloadEvent): void => {
    if (lostByReload()) event.preventDefault()
  }
  onMounted(() => addEventListener('beforeunload', warn))
  onBeforeUnmount(() => removeEventListener('beforeunload', warn))
  onBeforeRouteLeave(() => !lost() || confirm(t(question)))
}

/** Guard a dialog, and the page under it, while something `typed` is not sent: gives what closes it, having asked. */
export function useClosing(typed: () => boolean, close: () => void, lostByReload = typed): () => void {
  useGuard(typed, 'close.typed', lostByReload)
  return () => {
    if (!typed() || confirm(t('close.typed'))) close()
  }
}
