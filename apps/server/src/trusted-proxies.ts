import { isIP } from 'node:net'

const ranges = ['loopback', 'linklocal', 'uniquelocal']

/** Proxies whose word on who asks is believed, separated by commas. Throws for one that is no address and no network. */
export function readTrustedProxies(text: string): string[] {
  const proxies = text
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean)
  const wrong = proxies.find((one) => !ranges.includes(one) && !isNetwork(one))
  if (wrong !== undefined)
    throw new Error(
      `${JSON.stringify(wrong)} is neither an address such as 10.0.0.1, a network such as 10.0.0.0/8, nor ${ranges.join(', ')}`,
    )
  return proxies
}

function isNetwork(text: string): boolean {
  const [, address = '', size = '1'] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? []
  const version = isIP(address)
  return version > 0 && Number(size) >= 1 && Number(size) <= (version === 4 ? 32 : 128)
}
