import { canReach, type ServerUser } from './server-user.ts'

export type SpawnPlace = {
  /** How the program is to name the folder. */
  path: string
  options: { cwd: string; uid?: number; gid?: number; env: NodeJS.ProcessEnv }
}

/**
 * How to run a program of PostgreSQL in its folder. The folder is entered before root's rights are dropped, and
 * /proc/self/cwd names it for a user who could not walk there by path (a checkout under /root).
 */
export function spawnPlace(folder: string, user: ServerUser): SpawnPlace {
  return {
    path: canReach(folder, user) ? folder : '/proc/self/cwd',
    options: {
      cwd: folder,
      ...(user.uid === undefined ? {} : { uid: user.uid, gid: user.gid }),
      // Nothing of our environment is PostgreSQL's business, above all no PG* variable.
      env: { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
    },
  }
}
