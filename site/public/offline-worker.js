// Kept on this device: the page of the check without a network, and a worker's own page. With a network nothing changes.
const KEPT = 'anxinma-1'
const FILES = ['/offline.html', '/offline.js', '/credential.js', '/phone.js', '/qr.js', '/start.css', '/start.svg', '/icon-180.png']

addEventListener('install', (event) => {
  const all = async () => {
    await (await caches.open(KEPT)).addAll(FILES)
    await keepOpenPages().catch(() => {}) // without it the page is kept when it is next opened
    await skipWaiting()
  }
  event.waitUntil(all())
})

addEventListener('activate', (event) => {
  const old = async () => {
    for (const name of await caches.keys()) if (name !== KEPT) await caches.delete(name)
  }
  event.waitUntil(old().then(() => clients.claim()))
})

addEventListener('fetch', (event) => {
  const { pathname, origin } = new URL(event.request.url)
  if (event.request.method !== 'GET' || origin !== location.origin) return
  const page = event.request.mode === 'navigate'
  if (FILES.includes(pathname)) event.respondWith(newest(event.request, pathname))
  else if (page && isOwn(pathname)) event.respondWith(newest(event.request, pathname))
  else if (page && /^\/v\//i.test(pathname)) event.respondWith(fetch(event.request).catch(() => caches.match('/offline.html')))
})

/** Keep the pages that are open already: they were fetched before this could see it. */
async function keepOpenPages() {
  for (const { url } of await clients.matchAll({ includeUncontrolled: true })) {
    const { pathname } = new URL(url)
    if (isOwn(pathname)) await newest(new Request(url, { headers: { accept: 'text/html' }, cache: 'no-store' }), pathname)
  }
}

/** Tell whether a path is of a worker's own page. */
function isOwn(path) {
  return path.startsWith('/me/')
}

/** Give what the network says and keep it; without a network, what was kept. */
async function newest(request, path) {
  try {
    const reply = await fetch(request)
    if (reply.ok) await (await caches.open(KEPT)).put(path, reply.clone())
    else if (reply.status === 404) await (await caches.open(KEPT)).delete(path)
    return reply
  } catch (fault) {
    const kept = await caches.match(path)
    if (kept) return kept
    throw fault
  }
}
