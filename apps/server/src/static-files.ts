import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import type { FastifyInstance } from 'fastify'

const types: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
}
const compressible = new Set(['.js', '.css', '.svg', '.json', '.webmanifest', '.txt'])
const [brotli, zip] = [promisify(brotliCompress), promisify(gzip)]

type Loaded = { plain: Buffer; br?: Promise<Buffer>; gzip?: Promise<Buffer> }

/** Serves the built site's files; what lies under `assets/` is named by its content and kept for ever. */
export async function staticFiles(app: FastifyInstance, directory: URL): Promise<void> {
  const names = await readdir(directory, { recursive: true, withFileTypes: true })
  for (const entry of names.filter((one) => one.isFile())) {
    const file = `${entry.parentPath.replace(/\/$/, '')}/${entry.name}`
    const path = file.slice(directory.pathname.replace(/\/$/, '').length)
    const extension = extname(path)
    const forever = path.startsWith('/assets/')
    let loaded: Promise<Loaded & { etag: string }> | undefined

    app.get(path, { logLevel: 'silent' }, async (request, reply) => {
      loaded ??= load(file, compressible.has(extension))
      const { plain, br, gzip: zipped, etag } = await loaded
      reply
        .type(types[extension] ?? 'application/octet-stream')
        .header('etag', etag)
        .header('vary', 'Accept-Encoding')
      reply.header(
        'cache-control',
        forever ? 'public, max-age=31536000, immutable' : 'public, max-age=0, must-revalidate',
      )
      if (request.headers['if-none-match'] === etag) return reply.code(304).send()
      const accepts = request.headers['accept-encoding'] ?? ''
      if (br && /\bbr\b/.test(accepts)) return reply.header('content-encoding', 'br').send(await br)
      if (zipped && /\bgzip\b/.test(accepts))
        return reply.header('content-encoding', 'gzip').send(await zipped)
      return reply.send(plain)
    })
  }
}

async function load(file: string, compress: boolean): Promise<Loaded & { etag: string }> {
  const plain = await readFile(file)
  const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`
  return compress ? { plain, etag, br: brotli(plain), gzip: zip(plain) } : { plain, etag }
}
