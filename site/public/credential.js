// The check without a network: the credential in a phone's code, the keys and the city's status list in, a colour or
// grey with its reason out. chalicelib/rules/credential.py is the same in Python; contracts/offline.json judges both.

export const REASONS = {
  unreadable: ['没有读到离线凭证', 'There is no offline credential in this text'],
  'other-code': ['凭证与二维码不是同一个人的', 'The credential belongs to another code'],
  'key-unknown': ['没有签发机构的公钥，请联网更新', "The issuer's key is not known here; go online to update"],
  'signature-wrong': ['签名不对，凭证不是本平台签发或已被改动', 'The signature is wrong: forged or altered'],
  'clock-wrong': ['签发时间晚于本机时间，请校准本机时间', "Signed later than this device's clock; set the clock"],
  ended: ['凭证已过有效期', 'The credential has ended'],
  'list-missing': ['没有该城市的状态表，请联网更新', "The city's status list is not here; go online to update"],
  withdrawn: ['凭证已作废，请勿凭此码让其入户', 'The credential was withdrawn; let nobody in on this code'],
  'list-old': ['状态表已超过 24 小时，请联网更新', 'The status list is older than 24 hours; go online to update'],
}

const LIST_LIFE = 24 * 3600
const CLOCK_SLACK = 600
const SHANGHAI = 8 * 3600

/** Check what a code said, an address with its fragment or the fragment alone, at an instant. Never throws. */
export async function read(text, { keys, statusList, at }) {
  const whole = text.trim()
  const cut = whole.lastIndexOf('#')
  let held, claims
  try {
    held = takenApart(whole.slice(cut + 1))
    claims = claimsFrom(held.payload)
  } catch {
    return { colour: 'grey', reason: 'unreadable', claims: null }
  }
  const fault = await untrue(held, keys)
  if (fault) return { colour: 'grey', reason: fault, claims: null }
  const list = await listOf(statusList, claims.city, keys)
  const reason = await unconfirmed(claims, cut > 0 ? whole.slice(0, cut) : '', list, at.getTime() / 1000)
  return { colour: reason ? 'grey' : claims.colour, reason, claims }
}

/** Name the city whose status list a code asks for; null when there is no credential in it. */
export function cityOf(text) {
  try {
    return claimsFrom(takenApart(text.trim().split('#').pop()).payload).city
  } catch {
    return null
  }
}

async function unconfirmed(claims, address, list, now) {
  if (address && address.split('/').pop().toUpperCase().slice(0, 27) !== claims.token) return 'other-code'
  if (claims.at > now + CLOCK_SLACK || (list && list.made_at > now + CLOCK_SLACK)) return 'clock-wrong'
  if (dayOf(now) > claims.until) return 'ended'
  if (!list) return 'list-missing'
  if (claims.at <= (await withdrawnAt(list, claims.token))) return 'withdrawn'
  return now - list.made_at > LIST_LIFE ? 'list-old' : null
}

function dayOf(now) {
  return new Date((now + SHANGHAI) * 1000).toISOString().slice(0, 10)
}

function takenApart(text) {
  const parts = text.split('.')
  if (parts.length !== 3) throw new Error('not three parts')
  const header = JSON.parse(told(decoded(parts[0])))
  const signature = decoded(parts[2])
  if (header.alg !== 'ES256' || typeof header.kid !== 'string' || signature.length !== 64) throw new Error('not ES256')
  return { kid: header.kid, payload: told(decoded(parts[1])), message: `${parts[0]}.${parts[1]}`, signature }
}

function claimsFrom(payload) {
  const found = JSON.parse(payload)
  if (!Array.isArray(found) || found.length !== 7) throw new Error('not the claims of a credential')
  const [token, name, photo, colour, until, at, city] = found
  const texts = [token, name, until, city, photo ?? ''].every((one) => typeof one === 'string')
  if (!texts || !Number.isInteger(at) || !['green', 'yellow'].includes(colour)) throw new Error('not such claims')
  if (new Date(`${until}T00:00:00Z`).toISOString().slice(0, 10) !== until) throw new Error('a day in another form')
  return { token, name, photo, colour, until, at, city }
}

async function untrue(held, keys) {
  const key = keys?.keys?.find((one) => one.kid === held.kid)
  if (!key) return 'key-unknown'
  const curve = { name: 'ECDSA', namedCurve: 'P-256' }
  try {
    const { kty, crv, x, y } = key
    const known = await crypto.subtle.importKey('jwk', { kty, crv, x, y }, curve, false, ['verify'])
    const message = new TextEncoder().encode(held.message)
    const genuine = await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, known, held.signature, message)
    return genuine ? null : 'signature-wrong'
  } catch {
    return 'signature-wrong'
  }
}

async function listOf(text, city, keys) {
  try {
    const held = takenApart(text)
    const { made_at, withdrawn, city: its } = JSON.parse(held.payload)
    const entries = decoded(withdrawn)
    if (its !== city || !Number.isInteger(made_at) || entries.length % 12 || (await untrue(held, keys))) return null
    return { made_at, entries }
  } catch {
    return null
  }
}

/** Give the second up to which what was signed for a token is withdrawn; -1 when none is. */
async function withdrawnAt({ entries }, token) {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token)))
  const view = new DataView(entries.buffer)
  for (let place = 0; place < entries.length; place += 12) {
    let same = 0
    while (same < 8 && entries[place + same] === hash[same]) same += 1
    if (same === 8) return view.getUint32(place + 8)
  }
  return -1
}

function decoded(text) {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) throw new Error('not base64url')
  const octets = Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (one) => one.charCodeAt(0))
  if (encoded(octets) !== text) throw new Error('not base64url as it is written')
  return octets
}

function encoded(octets) {
  const parts = []
  for (let at = 0; at < octets.length; at += 8192) parts.push(String.fromCharCode(...octets.subarray(at, at + 8192)))
  return btoa(parts.join('')).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '')
}

function told(octets) {
  return new TextDecoder('utf-8', { fatal: true }).decode(octets)
}
