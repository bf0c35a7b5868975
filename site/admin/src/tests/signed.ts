/** Somebody of a role, signed in; a page rendered with the routes. */

import { render } from '@testing-library/vue'
import type { Component } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'

import type { Role } from '@/api/types'
import { routes } from '@/router'
import { session } from '@/session'

export function signedIn(role: Role, { name = '周敏', city = '330200' as string | null, company = null as string | null } = {}): void {
  session.account = { id: 'a1', role, city, company, name, state: 'active', revision: 1 }
}

export function open(page: Component, props: Record<string, unknown> = {}) {
  const router = createRouter({ history: createMemoryHistory(), routes })
  return { router, ...render(page, { props, global: { plugins: [router] } }) }
}
