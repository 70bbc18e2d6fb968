import { cpSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Binaries, binariesIn, findBinaries } from './binaries.ts'
import { canReach, type ServerUser } from './server-user.ts'

const notNeeded = /\/(include|doc|man|pkgconfig)(\/|$)|\.a$/

/** PostgreSQL's programs at a place where the server's user can run them; copies them once when it must. */
export function reachableBinaries(user: ServerUser): Binaries {
  const binaries = findBinaries()
  if (canReach(join(binaries.home, 'bin'), user)) return binaries
  const base = privateFolder()
  const home = join(base, `postgresql-${binaries.packageVersion}`)
  if (!existsSync(home)) {
    const draft = `${home}.${process.pid}`
    cpSync(binaries.home, draft, {
      recursive: true,
      // The package's links may name the place that cannot be reached.
      dereference: true,
      filter: (source) => !notNeeded.test(source.slice(binaries.home.length)),
    })
    try {
      renameSync(draft, home)
    } catch (error) {
      // Another start may have put it there meanwhile.
      rmSync(draft, { recursive: true, force: true })
      if (!existsSync(home)) throw error
    }
  }
  return binariesIn(home, binaries.packageVersion)
}

// Only root may write to it: nobody else can slip in a program of theirs.
function privateFolder(): string {
  for (const folder of ['/var/lib/marquee', join(tmpdir(), 'marquee-programs')]) {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o755 })
    } catch {
      // A read-only system; the next place may do.
      continue
    }
    const { uid, mode } = statSync(folder)
    if (uid === 0 && (mode & 0o022) === 0) return folder
  }
  throw new Error('found no folder for the programs of PostgreSQL that other users can reach')
}
