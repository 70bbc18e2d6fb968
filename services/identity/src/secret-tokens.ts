import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'

/** What rests of a token: enough to know it again, nothing to make it from. */
export const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()

const keyFrom = (token: string): Buffer =>
  Buffer.from(hkdfSync('sha256', token, '', 'marquee refresh successor', 32))
const nonceBytes = 12
const tagBytes = 16

/** Seals a successor so that only the bearer of the token it replaces can read it. */
export function seal(successor: string, replaced: string): Buffer {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', keyFrom(replaced), nonce)
  return Buffer.concat([nonce, cipher.update(successor, 'utf8'), cipher.final(), cipher.getAuthTag()])
}

/** Reads a sealed successor with the token it replaced. Throws when it is another's. */
export function unseal(sealed: Buffer, replaced: string): string {
  const decipher = createDecipheriv('aes-256-gcm', keyFrom(replaced), sealed.subarray(0, nonceBytes))
  decipher.setAuthTag(sealed.subarray(-tagBytes))
  return Buffer.concat([decipher.update(sealed.subarray(nonceBytes, -tagBytes)), decipher.final()]).toString(
    'utf8',
  )
}
