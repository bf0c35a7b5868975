/** Ask before a page is left that would take something typed with it. */

import { onBeforeUnmount, onMounted } from 'vue'
import { onBeforeRouteLeave } from 'vue-router'

import { t } from './words'

/** Guard the page while `lost` says that leaving loses something: by a link here, by a reload or by closing. */
export function useGuard(lost: () => boolean): void {
  const warn = (event: BeforeUnloadEvent): void => {
    if (lost()) event.preventDefault()
  }
  onMounted(() => addEventListener('beforeunload', warn))
  onBeforeUnmount(() => removeEventListener('beforeunload', warn))
  onBeforeRouteLeave(() => !lost() || confirm(t('leave.lost')))
}
