import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readSync } from 'node:fs'
import { join } from 'node:path'
import type { Backup } from './backup-files.ts'
import { copyIfThere } from './copy-tree.ts'

/** What there is to roll a backup forward with. */
export type CollectedWal = {
  /** It reaches to the end of what the cluster ever wrote. */
  whole: boolean
  /** The first segment after the backup that is not there though later ones are. */
  gap: string | undefined
}

type Collect = { backup: Backup; data: string; into: string; further: boolean }

/** Gathers the WAL of a backup and, to go `further`, of the cluster that it was taken from. */
export async function collectWal({ backup, data, into, further }: Collect): Promise<CollectedWal> {
  mkdirSync(into, { mode: 0o700 })
  const origins = [...new Set([data, backup.data])].filter((origin) => isOfSameCluster(origin, backup))
  const written = origins.map((origin) => join(origin, 'postgres', 'pg_wal'))
  const archived = origins.map((origin) => join(origin, 'wal-archive'))
  const folders = [join(backup.folder, 'wal'), ...archived, ...written]
  // The histories of earlier restores are always needed, or this one would take a number that is taken.
  const isWanted = (name: string) =>
    /^[0-9A-F]{8}\.history$/.test(name) || (further && isSegment(name)) || inBackup.has(name)
  const inBackup = new Set(readdirSync(join(backup.folder, 'wal')))
  for (const folder of folders.filter((each) => existsSync(each)))
    for (const name of readdirSync(folder))
      if (isWanted(name) && !existsSync(join(into, name)))
        await copyIfThere(join(folder, name), join(into, name))
  const whole = further && written.some((folder) => existsSync(folder))
  return { whole, gap: gapIn(readdirSync(into).filter(isSegment), backup.firstWal) }
}

const isSegment = (name: string): boolean => /^[0-9A-F]{24}$/.test(name)

// Eight digits name the timeline; of one of 16 MB there are 256 to each of the eight after it.
const numberOf = (segment: string): number =>
  Number.parseInt(segment.slice(8, 16), 16) * 256 + Number.parseInt(segment.slice(16), 16)

function gapIn(segments: readonly string[], first: string): string | undefined {
  const numbers = new Set(segments.map(numberOf))
  const last = Math.max(...numbers)
  for (let at = numberOf(first); at < last; at += 1) {
    const [upper, lower] = [Math.floor(at / 256), at % 256].map((part) =>
      part.toString(16).toUpperCase().padStart(8, '0'),
    )
    if (!numbers.has(at)) return `${first.slice(0, 8)}${upper}${lower}`
  }
  return undefined
}

/** Another installation may have written where this one is restored to, or where the backup came from. */
function isOfSameCluster(origin: string, backup: Backup): boolean {
  const found = systemOf(join(origin, 'postgres'))
  return found === undefined || found === systemOf(join(backup.folder, 'base'))
}

/** The number that a cluster is given for life: the first eight bytes of its control file. */
function systemOf(cluster: string): bigint | undefined {
  const file = join(cluster, 'global', 'pg_control')
  if (!existsSync(file)) return undefined
  const bytes = Buffer.alloc(8)
  const handle = openSync(file, 'r')
  readSync(handle, bytes)
  closeSync(handle)
  return bytes.readBigUInt64LE()
}
