// The page of the check without a network. What it needs is kept on this device whenever there is one.
import { REASONS, cityOf, read } from '/credential.js'

const COLOURS = {
  green: ['绿码（离线核对）', 'Green, checked without a network'],
  yellow: ['黄码（离线核对）：有事项须留意', 'Yellow, checked without a network: something needs attention'],
  grey: ['不能确认', 'Cannot be confirmed'],
}
const input = document.getElementById('text')

const kept = (name) => localStorage.getItem(`anxinma/${name}`)
const keep = (name, text) => localStorage.setItem(`anxinma/${name}`, text)
const cities = () => JSON.parse(kept('cities') ?? '[]')

/** Fetch the keys, and the status lists of every city that matters here, from the site this page is of. */
async function update() {
  const asked = new Set([...cities(), cityOf(input.value)].filter(Boolean))
  try {
    const config = await (await fetch('/config.json', { cache: 'no-store' })).json()
    if (config.city) asked.add(config.city)
    keep('keys', await fetched('/keys'))
    for (const city of asked) await updateList(city)
  } catch {
    // no network: what is kept has to do
  }
  await check()
}

async function updateList(city) {
  const reply = await fetch(`/status-list/${city}`)
  if (!reply.ok) return
  keep(`list/${city}`, (await reply.json()).status_list)
  keep('cities', JSON.stringify([...new Set([...cities(), city])]))
}

async function fetched(path) {
  const reply = await fetch(path)
  if (!reply.ok) throw new Error(`${reply.status}`)
  return reply.text()
}

async function check() {
  const text = input.value.trim()
  const ready = kept('keys') && cities().length > 0
  document.getElementById('ready').hidden = !ready
  document.getElementById('unready').hidden = Boolean(ready)
  if (!text) return
  const statusList = kept(`list/${cityOf(text)}`) ?? ''
  show(await read(text, { keys: JSON.parse(kept('keys') ?? '{}'), statusList, at: new Date() }))
}

function show({ colour, reason, claims }) {
  const result = document.getElementById('result')
  result.className = `result ${colour}`
  result.hidden = false
  const [chinese, english] = COLOURS[colour]
  document.getElementById('finding').textContent = chinese
  document.getElementById('finding-en').textContent = english
  document.getElementById('reason').textContent = reason ? `${REASONS[reason][0]}。` : ''
  document.getElementById('reason-en').textContent = reason ? `${REASONS[reason][1]}.` : ''
  const shown = claims && reason !== 'other-code'
  document.getElementById('who').hidden = !shown
  document.getElementById('compare').hidden = colour === 'grey'
  document.getElementById('online').hidden = !shown
  if (!shown) return
  const signed = new Date((claims.at + 8 * 3600) * 1000).toISOString().slice(0, 16).replace('T', ' ')
  document.getElementById('name').textContent = claims.name
  document.getElementById('signed').textContent = `${signed}（北京时间）`
  document.getElementById('until').textContent = claims.until
  document.getElementById('online').href = `/v/${claims.token}`
}

// a code that was opened without a network leads here with its whole address
if (location.hash.length > 1) input.value = /^\/v\//i.test(location.pathname) ? location.href : location.hash.slice(1)
document.getElementById('form').addEventListener('submit', (event) => {
  event.preventDefault()
  update()
})
addEventListener('online', update)
if (navigator.serviceWorker) navigator.serviceWorker.register('/offline-worker.js').catch(() => {})
await check()
await update()
