import { cleanup } from '@testing-library/vue'
import { messageConfig } from 'element-plus/es/components/config-provider/index.mjs'
import { afterEach, beforeEach } from 'vitest'

class Observer {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}
globalThis.ResizeObserver ??= Observer as unknown as typeof ResizeObserver
window.matchMedia ??= () => ({ matches: false }) as MediaQueryList

// a message that hides itself would do so when the page is gone
messageConfig.duration = 0

// where index.html has dialogs stand
beforeEach(() => {
  document.body.innerHTML = '<section id="dialogs"></section>'
})

afterEach(() => {
  cleanup()
  sessionStorage.clear()
  document.body.innerHTML = ''
})
