/** What was filled in and not sent, by name: kept in this window's sessionStorage for the account that filled it in. */

const PREFIX = 'anxinma.draft.'
const WHOSE = 'anxinma.drafts-of'

/** Bring what was kept under `name` back into `form`, without the fields `never`; tell whether there was anything. */
export function restore(name: string, form: object, never: string[]): boolean {
  const text = sessionStorage.getItem(PREFIX + name)
  if (!text) return false
  try {
    const kept = JSON.parse(text) as Record<string, unknown>
    const known = Object.keys(form).filter((field) => field in kept && !never.includes(field))
    Object.assign(form, Object.fromEntries(known.map((field) => [field, kept[field]])))
    return known.length > 0
  } catch {
    drop(name)
    return false
  }
}

/** Keep a form under `name`, without the fields `never`. */
export function keep(name: string, form: object, never: string[]): void {
  sessionStorage.setItem(PREFIX + name, JSON.stringify(Object.fromEntries(Object.entries(form).filter(([field]) => !never.includes(field)))))
}

/** Drop what is kept under `name`: it was sent, or given up. */
export function drop(name: string): void {
  sessionStorage.removeItem(PREFIX + name)
}

/** Drop everything, when somebody signs out. */
export function dropAll(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key)
}

/** From now on it is this account that fills forms in; what another one left is dropped. */
export function belongTo(account: string): void {
  if (sessionStorage.getItem(WHOSE) !== account) dropAll()
  sessionStorage.setItem(WHOSE, account)
}

/** Name a dialog's form by the page under it and by its title, which says what is done to whom. */
export const ofDialog = (title: string): string => `${location.hash}|${title}`

/** Give the titles of the dialogs on this page in which something waits. */
export function waitingHere(): string[] {
  const start = PREFIX + ofDialog('')
  return Object.keys(sessionStorage).filter((key) => key.startsWith(start)).map((key) => key.slice(start.length))
}
