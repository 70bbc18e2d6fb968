import { chownSync, readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/** The operating-system user that PostgreSQL runs as; undefined fields mean: the one we are. */
export type ServerUser = { uid?: number; gid?: number; name: string }

/** PostgreSQL refuses to run as root: root hands it to `postgres`, else to `nobody`. */
export function serverUser(): ServerUser {
  if (process.getuid?.() !== 0) return { name: process.env.USER ?? 'this user' }
  const accounts = readFileSync('/etc/passwd', 'utf8').split('\n')
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = accounts.find((line) => line.startsWith(`${name}:`))?.split(':') ?? []
    if (uid && gid) return { name, uid: Number(uid), gid: Number(gid) }
  }
  return { name: 'uid 65534', uid: 65_534, gid: 65_534 }
}

/** Gives a path to the server's user. */
export function give(path: string, user: ServerUser): void {
  if (user.uid !== undefined && user.gid !== undefined) chownSync(path, user.uid, user.gid)
}

/** True when the server's user can walk down to the folder and enter it. */
export function canReach(folder: string, user: ServerUser): boolean {
  if (user.uid === undefined) return true
  for (let at = folder; ; at = dirname(at)) {
    const { mode, uid, gid } = statSync(at)
    const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001
    if ((mode & bit) === 0) return false
    if (at === dirname(at)) return true
  }
}
