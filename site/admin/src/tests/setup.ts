import { cleanup } from '@testing-library/vue'
import { afterEach } from 'vitest'

class Observer {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}
globalThis.ResizeObserver ??= Observer as unknown as typeof ResizeObserver
window.matchMedia ??= () => ({ matches: false }) as MediaQueryList

afterEach(() => {
  cleanup()
  sessionStorage.clear()
  document.body.innerHTML = ''
})
