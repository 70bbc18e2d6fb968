import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'

const built = new URL('../build/server/index.js', import.meta.url)

/** A name for the site as it is built now: pages of one build name files that another may not have. */
export async function webRelease(): Promise<string> {
  const bytes = await readFile(built).catch(() => Buffer.from('not built'))
  return createHash('sha256').update(bytes).digest('base64url').slice(0, 16)
}
