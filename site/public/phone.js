// The live code on a worker's own phone: renewed every step, from the secret that this page holds, with a network or not.
import { encode } from '/qr.js'

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const BELIEVED = 10 * 60 * 1000
const WRITTEN = `anxinma/written${location.pathname}`
// as outside/qr.py draws them: dark in each of red, green and blue, for scanners that see by one of them
const SHADES = { green: '#0a6236', yellow: '#7a4a00', grey: '#434a54', red: '#8c1020' }
const place = document.getElementById('code')
const { token, secret, title, colour } = place.dataset
const seconds = Number(place.dataset.step)
const key = await crypto.subtle.importKey('raw', octets(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
let credential = place.dataset.credential
let ahead = Number(localStorage.getItem('anxinma/ahead') ?? 0)
let known = 0
let drawn = ''

/** Make the live code of an instant (contracts/token.json): the token, the counter of steps, a MAC of both. */
async function liveCode(at) {
  const body = token + crockford(BigInt(Math.floor(at / 1000 / seconds)), 6)
  const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(body)))
  return body + crockford(mac.slice(0, 5).reduce((number, one) => (number << 8n) | BigInt(one), 0n), 8)
}

async function draw() {
  const text = `${location.origin.toUpperCase()}/V/${await liveCode(Date.now() + ahead)}${credential && `#${credential}`}`
  const shade = believed() ? SHADES[colour] : '#000'
  if (text + shade === drawn) return
  drawn = text + shade
  place.replaceChildren(picture(text, 'M', shade))
}

/** The printed code, as the card bears it (docs/qr.md), for the sheet of paper; a live one would be stale on it. */
function drawSheet() {
  const button = document.getElementById('print')
  if (!button) return
  document.getElementById('printed').replaceChildren(picture(`${location.origin.toUpperCase()}/V/${token}`, 'Q', '#000'))
  button.hidden = false
  button.addEventListener('click', () => print())
}

function picture(text, ecc, shade) {
  const { data, size } = encode(text, { ecc, border: 4 })
  const dark = []
  data.forEach((row, y) => row.forEach((on, x) => on && dark.push(`M${x} ${y}h1v1h-1z`)))
  const drawing = svg('svg', { viewBox: `0 0 ${size} ${size}`, role: 'img', 'aria-label': title, 'shape-rendering': 'crispEdges' })
  drawing.append(svg('path', { d: `M0 0h${size}v${size}h-${size}z`, fill: '#fff' }), svg('path', { d: dark.join(''), fill: shade }))
  return drawing
}

/** Ask how the code stands now; without a network its colour is not told, since it may be another one by now. */
async function refresh() {
  try {
    const asked = Date.now()
    const reply = await fetch(location.pathname, { headers: { accept: 'application/json' }, cache: 'no-store' })
    const told = await reply.json()
    const waiting = told.permissions?.filter((one) => one.state === 'waiting').length
    const changed = told.colour !== colour || waiting !== Number(document.getElementById('asks').dataset.waiting)
    if (reply.status === 404 || (reply.ok && changed)) return reload()
    if (reply.ok) {
      // the page stays open for hours, a nonce holds for minutes
      document.querySelectorAll('input[name=nonce]').forEach((one) => { one.value = told.nonce })
      known = Date.now()
      ahead = Date.parse(told.as_of) - (asked + known) / 2 + 500
      localStorage.setItem('anxinma/ahead', String(ahead))
      credential = told.credential ?? ''
    }
  } catch {
    // no network: the code is renewed all the same
  }
  await draw()
  tell()
}

/** Show what is true now; what is being written waits for it. */
function reload() {
  const written = Object.fromEntries(fields().map((one) => [one.name, one.value]))
  if (written.statement) sessionStorage.setItem(WRITTEN, JSON.stringify(written))
  location.reload()
}

/** Put back what was being written, or leave it waiting while the page has no place for it. */
function putBack() {
  if (!fields().length) return
  const written = JSON.parse(sessionStorage.getItem(WRITTEN) ?? '{}')
  sessionStorage.removeItem(WRITTEN)
  for (const one of fields()) {
    one.value = written[one.name] ?? one.value
    if (one.selectedIndex === -1) one.selectedIndex = 0
  }
}

/** Give the fields of the appeal, when something may be appealed. */
function fields() {
  return [...document.querySelectorAll('textarea, select')]
}

function tell() {
  document.getElementById('now').hidden = !believed()
  document.getElementById('away').hidden = believed()
}

function believed() {
  return Date.now() - known < BELIEVED
}

function svg(name, attributes) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name)
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value)
  return made
}

function crockford(number, length) {
  let text = ''
  for (let at = 0; at < length; at += 1) text = CROCKFORD[Number((number >> BigInt(5 * at)) & 31n)] + text
  return text
}

function octets(text) {
  return Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (one) => one.charCodeAt(0))
}

document.getElementById('now').hidden = true
putBack()
drawSheet()
await draw()
await refresh()
setInterval(draw, 1000)
setInterval(refresh, 60_000)
setInterval(tell, 10_000)
addEventListener('online', refresh)
document.addEventListener('visibilitychange', () => document.hidden || refresh())
if (navigator.serviceWorker) navigator.serviceWorker.register('/offline-worker.js').catch(() => {})
