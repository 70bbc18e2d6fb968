import { offlineStore } from '../../util/offline.ts'

// Plain JavaScript for the browser, kept as text because it runs outside the site's bundle.
const worker = `
const store = '${offlineStore}'
const patience = 4000

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

self.addEventListener('message', (event) => {
  const keep = event.data && event.data.keep
  if (Array.isArray(keep)) event.waitUntil(keepAll(keep))
})
self.addEventListener('fetch', (event) => {
  const request = event.request
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== self.location.origin) return
  if (request.mode === 'navigate') event.respondWith(freshPage(request, url.pathname))
  else if (url.pathname.startsWith('/assets/')) event.respondWith(keptAsset(request))
})

async function keepAll(paths) {
  const cache = await caches.open(store)
  await Promise.all(paths.map(async (path) => {
    if (path.startsWith('/assets/') && await cache.match(path)) return
    const answer = await fetch(path, { credentials: 'same-origin' }).catch(() => undefined)
    if (answer && answer.ok) await cache.put(path, answer)
  }))
}

async function freshPage(request, path) {
  const cache = await caches.open(store)
  const kept = await cache.match(path)
  try {
    const answer = await within(fetch(request), kept ? patience : 60000)
    if (answer.ok && answer.type === 'basic') await cache.put(path, answer.clone())
    // Somebody who may no longer see the page does not get it from the shelf either.
    else if (answer.status === 401 || answer.status === 403 || answer.status === 404) await cache.delete(path)
    return answer.status >= 500 && kept ? kept : answer
  } catch (error) {
    if (kept) return kept
    throw error
  }
}

async function keptAsset(request) {
  const cache = await caches.open(store)
  const kept = await cache.match(request.url)
  if (kept) return kept
  const answer = await fetch(request)
  if (answer.ok) await cache.put(request.url, answer.clone())
  return answer
}

function within(promise, milliseconds) {
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error('too slow')), milliseconds)
    promise.then(resolve, reject)
  })
}
`

export const loader = () =>
  new Response(worker, {
    headers: {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'no-cache',
      'service-worker-allowed': '/',
    },
  })
