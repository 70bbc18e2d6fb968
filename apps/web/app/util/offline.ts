/** Where a device keeps pages of orders and tickets. */
export const offlineStore = 'marquee-offline-1'

/** Keeps pages and what they need on this device, so that a ticket opens where the network does not reach. */
export function keepOffline(pages: string[]): void {
  if (!('serviceWorker' in navigator)) return
  void register(pages).catch(() => {
    // Private windows refuse service workers; the ticket still shows while the page is open.
  })
}

/** Takes what was kept off this device: whoever uses it next is somebody else. */
export async function forgetOffline(): Promise<void> {
  // Absent where the page did not come over TLS.
  if ('caches' in window) await caches.delete(offlineStore).catch(() => {})
}

async function register(pages: string[]): Promise<void> {
  const scopes = new Set(pages.map((page) => `/${page.split('/')[1]}`))
  const parts = performance
    .getEntriesByType('resource')
    .map((entry) => new URL(entry.name))
    .filter((url) => url.origin === window.location.origin && url.pathname.startsWith('/assets/'))
    .map((url) => url.pathname)
  for (const scope of scopes) {
    const registration = await navigator.serviceWorker.register('/offline-worker.js', { scope })
    const worker = registration.active ?? registration.waiting ?? registration.installing
    const own = pages.filter((page) => `/${page.split('/')[1]}` === scope)
    worker?.postMessage({ keep: [...own, ...parts] })
  }
}
