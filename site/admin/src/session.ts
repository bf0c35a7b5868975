/** Who is signed in. OIDC code flow with PKCE; tokens live in sessionStorage, the API is sent the access token. */

import { UserManager, WebStorageStateStore, type User, type UserManagerSettings } from 'oidc-client-ts'
import { reactive } from 'vue'

import { fetchMe } from './api/accounts'
import { asProblem, auth, type Problem } from './api/client'
import type { Account } from './api/types'
import { may as roleMay, type Right } from './access'
import { loadConfig, type Config } from './config'
import { belongTo, dropAll } from './drafts'

export type Status = 'starting' | 'broken' | 'signed-out' | 'no-account' | 'unreachable' | 'second-step' | 'signed-in'

interface Session {
  status: Status
  config: Config | null
  account: Account | null
  problem: Problem | null
  /** Sign-in was tried and did not come through. */
  failed: boolean
  /** The token died while somebody was at work: the dialog asks to sign in again. */
  expired: boolean
  /** The window for signing in again did not open or was closed. */
  popupFailed: boolean
  /** The sign-in has to pass its second factor while somebody is at work: the dialog asks for it. */
  weak: boolean
}

export const session = reactive<Session>({
  status: 'starting', config: null, account: null, problem: null, failed: false, expired: false, popupFailed: false,
  weak: false,
})

/** Tell whether the signed-in account has a right. */
export const may = (right: Right): boolean => roleMay(session.account?.role, right)

const POPUP = 'anxinma-sign-in'
let users: UserManager | null = null
let waiting: ((signedIn: boolean) => void)[] = []
let renewing: Promise<boolean> | null = null

auth.token = async () => {
  if ((await current())?.expired) await renew()
  return (await current())?.access_token ?? null
}
let renewed = 0
/** A fresh token that is refused at once belongs to a sign-in that was ended: only signing in again helps. */
const SPENT_MS = 10_000
auth.refused = async () => (Date.now() - renewed > SPENT_MS && (await renew())) || signedInAgain()
auth.weak = async () => {
  if (session.status !== 'signed-in') return false
  await fetchOwn()
  session.weak = true
  return new Promise((resolve) => waiting.push(resolve))
}

/** Begin: read the configuration, take up a code from the address, and ask who this is. */
export async function start(): Promise<void> {
  session.status = 'starting'
  try {
    session.config = await loadConfig()
  } catch {
    session.status = 'broken'
    return
  }
  users = new UserManager(settings(session.config))
  const told = new URLSearchParams(location.search)
  if (told.has('state') && (told.has('code') || told.has('error'))) {
    if (window.opener && window.name === POPUP) return finishPopup()
    await finishRedirect()
  }
  await enter()
}

/** Go and sign in; come back to the page that is open now. */
export async function signIn(): Promise<void> {
  session.failed = false
  try {
    await users?.signinRedirect({ state: { hash: location.hash } })
  } catch {
    session.failed = true
  }
}

/** Sign in again in a window beside, so that this page stays as it is. */
export async function signInBeside(): Promise<void> {
  session.popupFailed = false
  try {
    const user = await users?.signinPopup({ popupWindowTarget: POPUP })
    if (!user) throw new Error('no user')
    const before = session.account
    await fetchOwn()
    session.expired = false
    if (before && before.id !== session.account?.id) {
      // what was asked for is not this person's
      settle(false)
      location.reload()
    } else if (isWeak()) session.weak = true
    else settle(true)
  } catch {
    session.popupFailed = true
    session.expired = true
  }
}

/** A person closes the dialog (`before-close`; a dialog also tells of its own closing): what was asked for is given up. */
export function giveUp(): void {
  session.expired = false
  session.weak = false
  settle(false)
}

/** The second step was taken: go on where it was asked for. */
export async function passed(): Promise<void> {
  await fetchOwn()
  session.weak = false
  if (session.status === 'second-step') session.status = 'signed-in'
  settle(true)
}

/** Sign out here and at the issuer. */
export async function signOut(): Promise<void> {
  const config = session.config
  dropAll()
  await users?.removeUser()
  session.account = null
  session.status = 'signed-out'
  if (!config?.endSessionEndpoint) return
  const told = new URLSearchParams({
    client_id: config.clientId,
    // the name of OIDC, and the one that Cognito knows
    post_logout_redirect_uri: config.redirectUri,
    logout_uri: config.redirectUri,
  })
  location.assign(`${config.endSessionEndpoint}?${told}`)
}

/** Ask who this is, once there is a token. */
export async function enter(): Promise<void> {
  const user = await current()
  if (!user || (user.expired && !(await renew()))) {
    session.status = 'signed-out'
    return
  }
  try {
    await fetchOwn()
    session.status = isWeak() ? 'second-step' : 'signed-in'
  } catch (error) {
    session.problem = asProblem(error)
    session.status = entrance(session.problem)
  }
}

async function fetchOwn(): Promise<void> {
  session.account = await fetchMe()
  belongTo(session.account.id)
}

const isWeak = (): boolean => Boolean(session.account?.second_factor?.needed && !session.account.second_factor.passed)

function entrance(problem: Problem): Status {
  if (problem.status === 401) return 'signed-out'
  return problem.status === 403 ? 'no-account' : 'unreachable'
}

async function finishRedirect(): Promise<void> {
  let hash = ''
  try {
    const user = await users?.signinRedirectCallback()
    hash = (user?.state as { hash?: string } | undefined)?.hash ?? ''
  } catch {
    session.failed = true
  }
  history.replaceState(null, '', location.pathname + hash)
}

async function finishPopup(): Promise<void> {
  try {
    await users?.signinPopupCallback()
  } catch {
    window.close()
  }
}

async function current(): Promise<User | null> {
  return (await users?.getUser()) ?? null
}

/** Get a new access token by the refresh token; one attempt at a time. */
function renew(): Promise<boolean> {
  renewing ??= attempt().finally(() => (renewing = null))
  return renewing
}

async function attempt(): Promise<boolean> {
  const user = await current()
  if (!user?.refresh_token) return false
  renewed = Date.now()
  return users!.signinSilent().then((fresh) => fresh !== null, () => false)
}

/** Ask in the dialog, and wait for the answer; before anyone was let in, the sign-in page asks instead. */
function signedInAgain(): Promise<boolean> {
  if (session.status !== 'signed-in') return Promise.resolve(false)
  session.expired = true
  return new Promise((resolve) => waiting.push(resolve))
}

function settle(signedIn: boolean): void {
  const told = waiting
  waiting = []
  for (const resolve of told) resolve(signedIn)
}

function settings(config: Config): UserManagerSettings {
  return {
    authority: config.issuer,
    client_id: config.clientId,
    redirect_uri: config.redirectUri,
    popup_redirect_uri: config.redirectUri,
    scope: config.scope,
    response_type: 'code',
    loadUserInfo: false,
    monitorSession: false,
    automaticSilentRenew: false,
    userStore: new WebStorageStateStore({ store: sessionStorage }),
    stateStore: new WebStorageStateStore({ store: sessionStorage }),
    metadata: {
      issuer: config.issuer,
      authorization_endpoint: config.authorizationEndpoint,
      token_endpoint: config.tokenEndpoint,
      ...(config.endSessionEndpoint ? { end_session_endpoint: config.endSessionEndpoint } : {}),
    },
  }
}
