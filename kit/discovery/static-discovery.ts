import type { Discovery } from './discovery.ts'

type Addresses = Readonly<Record<string, readonly string[] | undefined>>

/** Addresses that were configured, read anew for each call when given as a function; nobody announces anything. */
export function createStaticDiscovery(addresses: Addresses | (() => Addresses)): Discovery {
  const current = typeof addresses === 'function' ? addresses : () => addresses
  return {
    instancesOf: (service) => current()[service] ?? [],
    announce: async () => {},
    withdraw: async () => {},
    ready: async () => {},
    stop: async () => {},
  }
}

/** An origin of plain HTTP or TLS, with nothing behind it. */
export const isServiceAddress = (text: string): boolean =>
  /^https?:\/\/[^/]+$/.test(text) && URL.canParse(text)

/**
 * Reads `booking=http://a:3100|http://b:3100,movies=http://a:3100`. Throws an `Error` that names what is wrong.
 */
export function readAddresses(text: string): Record<string, string[]> {
  const addresses: Record<string, string[]> = {}
  for (const part of text.split(',').filter((one) => one.trim() !== '')) {
    const [service = '', list = ''] = part.trim().split(/=(.*)/s)
    const urls = list.split('|').map((url) => url.trim().replace(/\/$/, ''))
    if (service === '' || !urls.every(isServiceAddress))
      throw new Error(`"${part.trim()}" must look like booking=http://10.0.0.7:3100|http://10.0.0.8:3100`)
    addresses[service] = urls
  }
  return addresses
}
