import { createHash } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  lstatSync,
  mkdirSync,
  openSync,
  realpathSync,
  rmdirSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { reasonOf, SqlError } from '../sql-error.ts'
import { canReach, give, type ServerUser } from './server-user.ts'

/** Where everything of one embedded server lies. */
export type Layout = {
  data: string
  cluster: string
  log: string
  secrets: string
  walArchive: string
  /** Holds the unix socket; short, because the system allows 107 bytes for a socket's path. */
  sockets: string
  user: ServerUser
}

const longestSocketFolder = 90

/** Makes the data directory ready. Errors: `data-not-writable`. */
export function prepareLayout(data: string, user: ServerUser): Layout {
  try {
    mkdirSync(data, { recursive: true })
    accessSync(data, constants.W_OK | constants.X_OK)
    mkdirSync(join(data, 'secrets'), { recursive: true, mode: 0o700 })
    const root = realpathSync(data)
    // The server's user needs to pass through, not to look around.
    if (user.uid !== undefined) chmodSync(root, 0o711)
    const layout = {
      data: root,
      cluster: join(root, 'postgres'),
      log: join(root, 'postgres.log'),
      secrets: join(root, 'secrets', 'postgres.json'),
      walArchive: join(root, 'wal-archive'),
      sockets: '',
      user,
    }
    closeSync(openSync(layout.log, 'a', 0o600))
    return { ...layout, sockets: socketFolder(root, user) }
  } catch (error) {
    throw new SqlError(
      'data-not-writable',
      `Cannot write to the data directory ${data} (${reasonOf(error)}): fix its permissions or set MARQUEE_DATA to another directory`,
      error,
    )
  }
}

function socketFolder(root: string, user: ServerUser): string {
  const inside = join(root, 'run')
  if (Buffer.byteLength(inside) <= longestSocketFolder && canReach(root, user)) {
    mkdirSync(inside, { recursive: true, mode: 0o700 })
    give(inside, user)
    return inside
  }
  const owner = user.uid ?? process.getuid?.() ?? 0
  const mark = createHash('sha256').update(root).digest('hex').slice(0, 12)
  const outside = join(shortTemp(), `marquee-${owner}-${mark}`)
  try {
    mkdirSync(outside, { mode: 0o700 })
  } catch (error) {
    // Another user could have put a folder or link of their own there first; one of ours may not be given away yet.
    const found = lstatSync(outside, { throwIfNoEntry: false })
    const isOurs = found?.uid === owner || found?.uid === process.getuid?.()
    if (!found?.isDirectory() || !isOurs || (found.mode & 0o077) !== 0) throw error
  }
  give(outside, user)
  return outside
}

/** Removes the socket folder of a stopped server where it lies outside the data directory. */
export function removeSockets({ sockets, data }: Layout): void {
  if (sockets.startsWith(data)) return
  try {
    rmdirSync(sockets)
  } catch {
    // Another start may be using it already.
  }
}

function shortTemp(): string {
  return Buffer.byteLength(tmpdir()) <= 50 ? tmpdir() : '/tmp'
}
