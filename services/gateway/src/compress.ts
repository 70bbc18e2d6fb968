import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const brotliAsync = promisify(brotliCompress)
const gzipAsync = promisify(gzip)
const worthCompressing = 1024

/** An answer as the cache keeps it: its bytes in every encoding a client may take, and its ETag. */
export type Stored = {
  status: number
  headers: Record<string, string>
  etag: string
  plain: Buffer
  br?: Buffer
  gzip?: Buffer
}

/** Prepares bytes to be sent many times: compressed once. */
export async function store(status: number, headers: Record<string, string>, bytes: Buffer): Promise<Stored> {
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`
  if (bytes.length < worthCompressing) return { status, headers, etag, plain: bytes }
  const [br, zipped] = await Promise.all([
    brotliAsync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
    gzipAsync(bytes, { level: 6 }),
  ])
  return { status, headers, etag, plain: bytes, br, gzip: zipped }
}

/** The encoding to send: what the client takes, best first. */
export function encodingFor(
  stored: Stored,
  accepts: string | undefined,
): { encoding?: 'br' | 'gzip'; bytes: Buffer } {
  if (stored.br && accepts && /\bbr\b/.test(accepts)) return { encoding: 'br', bytes: stored.br }
  if (stored.gzip && accepts && /\bgzip\b/.test(accepts)) return { encoding: 'gzip', bytes: stored.gzip }
  return { bytes: stored.plain }
}
