import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import type { Keys } from './key-store.ts'

/** What a ticket's QR says: which ticket, for which show and seat, signed by which key. */
type TicketClaim = { ticketId: string; showId: string; seatId: string }
export type TicketKey = { id: string; privateKey: KeyObject; publicKey: KeyObject }
export type TicketCodes = {
  issue: (claim: TicketClaim) => string
  /** The claim of a genuine code, or undefined. */
  read: (code: string) => Promise<TicketClaim | undefined>
  publicKeys: () => Promise<{ kid: string; kty: string; crv: string; x: string }[]>
}

const prefix = 'MQ1'
// What PKCS 8 puts before the 32 bytes of an Ed25519 seed (RFC 8410).
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex')

export function ticketKey(seed: Buffer): TicketKey {
  const privateKey = createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(privateKey)
  const id = createHash('sha256')
    .update(publicKey.export({ format: 'der', type: 'spki' }))
    .digest()
    .toString('hex', 0, 4)
  return { id, privateKey, publicKey }
}

/**
 * Codes look like `MQ1.<payload>.<signature>`, both base64url. The payload is 4 bytes of key id, 16 of
 * ticket id, 16 of show id, then the seat id in UTF-8; the Ed25519 signature covers `MQ1.<payload>`.
 * The newest key signs; all of them verify.
 */
export function createTicketCodes(keys: Keys<TicketKey>): TicketCodes {
  return { issue, read, publicKeys }

  function issue({ ticketId, showId, seatId }: TicketClaim): string {
    const { id, privateKey } = keys.newest()
    const parts = [Buffer.from(id, 'hex'), bytesOf(ticketId), bytesOf(showId), Buffer.from(seatId)]
    const signed = `${prefix}.${Buffer.concat(parts).toString('base64url')}`
    return `${signed}.${sign(null, Buffer.from(signed), privateKey).toString('base64url')}`
  }

  async function read(code: string): Promise<TicketClaim | undefined> {
    const [start, payload, signature, ...more] = code.trim().split('.')
    if (start !== prefix || !payload || !signature || more.length > 0) return undefined
    const bytes = Buffer.from(payload, 'base64url')
    const key = bytes.length < 37 ? undefined : await keyWith(bytes.toString('hex', 0, 4))
    if (!key) return undefined
    const genuine = verify(
      null,
      Buffer.from(`${prefix}.${payload}`),
      key.publicKey,
      Buffer.from(signature, 'base64url'),
    )
    if (!genuine) return undefined
    return { ticketId: uuidOf(bytes, 4), showId: uuidOf(bytes, 20), seatId: bytes.toString('utf8', 36) }
  }

  async function keyWith(wanted: string): Promise<TicketKey | undefined> {
    const find = () => keys.all().find(({ id }) => id === wanted)
    return find() ?? ((await keys.readAgain()) ? find() : undefined)
  }

  async function publicKeys() {
    // A door keeps what it is given here for the evening.
    await keys.readAgain()
    return keys.all().map(({ id, publicKey }) => {
      const { x = '' } = publicKey.export({ format: 'jwk' })
      return { kid: id, kty: 'OKP', crv: 'Ed25519', x }
    })
  }
}

function bytesOf(uuid: string): Buffer {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex')
}

function uuidOf(bytes: Buffer, at: number): string {
  const hex = bytes.toString('hex', at, at + 16)
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
