/** What the deployment wrote into /config.json: where to sign in, and which city this is. */

export interface Config {
  issuer: string
  clientId: string
  authorizationEndpoint: string
  tokenEndpoint: string
  endSessionEndpoint: string | null
  redirectUri: string
  scope: string
  demo: boolean
  city: string | null
  cityName: string | null
}

type Raw = Record<string, unknown>

/** Read the configuration; throws when it cannot be had or names no place to sign in. */
export async function loadConfig(): Promise<Config> {
  const answer = await fetch('/config.json', { cache: 'no-store' })
  if (!answer.ok) throw new Error(`config.json: ${answer.status}`)
  return readConfig((await answer.json()) as Raw, location.origin)
}

/** Read the settings of sign-in from the top level or from `auth`. */
export function readConfig(raw: Raw, origin: string): Config {
  const auth = (typeof raw.auth === 'object' && raw.auth !== null ? raw.auth : raw) as Raw
  const needed = (name: string): string => {
    const value = auth[name]
    if (typeof value !== 'string' || value === '') throw new Error(`config.json: ${name}`)
    return value
  }
  const text = (from: Raw, name: string): string | null => (typeof from[name] === 'string' ? (from[name] as string) : null)
  return {
    issuer: needed('issuer'),
    clientId: needed('client_id'),
    authorizationEndpoint: needed('authorization_endpoint'),
    tokenEndpoint: needed('token_endpoint'),
    endSessionEndpoint: text(auth, 'end_session_endpoint'),
    redirectUri: text(auth, 'redirect_uri') ?? `${origin}/admin/index.html`,
    scope: text(auth, 'scope') ?? 'openid email',
    demo: raw.demo === true,
    city: text(raw, 'city'),
    cityName: text(raw, 'city_name'),
  }
}
