import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const brotliAsync = promisify(brotliCompress)
const gzipAsync = promisify(gzip)
const worthCompressing = 1024

/** An answer as the cache keeps it: its bytes and their ETag. */
export type Stored = { status: number; headers: Record<string, string>; etag: string; plain: Buffer }
/** `encoding` is absent for the bytes as they are. */
export type Encoded = { encoding?: Encoding; bytes: Buffer }
type Encoding = 'br' | 'gzip'

const compress = {
  br: (bytes: Buffer) => brotliAsync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: (bytes: Buffer) => gzipAsync(bytes, { level: 6 }),
}

/** Prepares bytes to be sent many times. */
export function store(status: number, headers: Record<string, string>, bytes: Buffer): Stored {
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`
  return { status, headers, etag, plain: bytes }
}

/** What encodings may come to take beside the bytes as they are, for the cache's reckoning. */
export const spareBytes = (stored: unknown): number => {
  const { plain } = stored as Stored
  return plain.length < worthCompressing ? 0 : Math.ceil(plain.length / 2)
}

// Beside the answer, which the cache freezes; gone with it.
const made = new WeakMap<Stored, Map<Encoding, Encoded | Promise<Encoded>>>()

/** The bytes in the encoding that the client takes, best first; compressed when first asked for, then at hand. */
export function encodingFor(stored: Stored, accepts: string | undefined): Encoded | Promise<Encoded> {
  const encoding = accepts && stored.plain.length >= worthCompressing ? best(accepts) : undefined
  if (!encoding) return { bytes: stored.plain }
  const known = made.get(stored) ?? new Map<Encoding, Encoded | Promise<Encoded>>()
  made.set(stored, known)
  const ready = known.get(encoding)
  if (ready) return ready
  const making = compress[encoding](stored.plain).then((bytes) => {
    const encoded = { encoding, bytes }
    known.set(encoding, encoded)
    return encoded
  })
  known.set(encoding, making)
  return making
}

// A weight of nothing is a refusal.
const takes = {
  br: /\bbr\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/i,
  gzip: /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/i,
}

function best(accepts: string): Encoding | undefined {
  if (takes.br.test(accepts)) return 'br'
  return takes.gzip.test(accepts) ? 'gzip' : undefined
}
