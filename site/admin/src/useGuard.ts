/** Ask before a page is left, or a dialog closed, that would take something typed with it. */

import { onBeforeUnmount, onMounted } from 'vue'
import { onBeforeRouteLeave } from 'vue-router'

import { t } from './words'

/** Guard the page while `lost` says that leaving loses something: by a link here, by a reload or by closing. */
export function useGuard(lost: () => boolean): void {
  warnOfUnload(lost)
  onBeforeRouteLeave(() => !lost() || confirm(t('leave.lost')))
}

/** Guard a dialog while something `typed` in it is not sent: gives what closes it, having asked; a reload asks too. */
export function useClosing(typed: () => boolean, close: () => void): () => void {
  warnOfUnload(typed)
  return () => {
    if (!typed() || confirm(t('close.typed'))) close()
  }
}

function warnOfUnload(lost: () => boolean): void {
  const warn = (event: BeforeUnloadEvent): void => {
    if (lost()) event.preventDefault()
  }
  onMounted(() => addEventListener('beforeunload', warn))
  onBeforeUnmount(() => removeEventListener('beforeunload', warn))
}
