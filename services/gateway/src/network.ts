/**
 * What counts as one network: an IPv4 address, or the /64 that an IPv6 household is given. Empty for whoever has hung up
 * already: a connection that was reset has no address any more.
 */
export function networkOf(address: string | undefined): string {
  if (address === undefined) return ''
  const mapped = address.startsWith('::ffff:') && address.includes('.') ? address.slice(7) : address
  if (!mapped.includes(':')) return mapped
  const [head = '', tail = ''] = mapped.split('::')
  const left = head.split(':').filter(Boolean)
  const right = tail.split(':').filter(Boolean)
  const full = mapped.includes('::')
    ? [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right]
    : left
  return `${full.slice(0, 4).join(':')}::/64`
}
