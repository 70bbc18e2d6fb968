import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { SqlError } from '../sql-error.ts'

/** What a backup says about itself, in backup.json; times are ISO instants by the server's clock. */
export type Backup = {
  /** The folder of this one backup. */
  folder: string
  major: number
  startedAt: string
  /** The earliest time that it can be restored to. */
  endedAt: string
  /** The first WAL segment it needs. */
  firstWal: string
  /** The data directory it was taken from. */
  data: string
}

export const manifestName = 'backup.json'

/** The newest backup in a folder (or the folder itself) that is not later than `to`. Errors: `backup-invalid`. */
export function findBackup(from: string, to?: Temporal.Instant): Backup {
  const found = [from, ...folders(from)].flatMap(readManifest)
  if (found.length === 0)
    throw new SqlError('backup-invalid', `${from} holds no complete backup: name the folder given to backup`)
  const sorted = found.sort((a, b) => (a.endedAt < b.endedAt ? -1 : 1))
  const earliest = sorted[0]?.endedAt
  const fitting = sorted.findLast(
    ({ endedAt }) => !to || Temporal.Instant.compare(Temporal.Instant.from(endedAt), to) <= 0,
  )
  if (fitting) return fitting
  throw new SqlError(
    'restore-too-early',
    `The earliest backup in ${from} ended at ${earliest}: ask for a later time`,
  )
}

function folders(from: string): string[] {
  try {
    return readdirSync(from, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.endsWith('.partial'))
      .map((entry) => join(from, entry.name))
  } catch {
    // Not there, or no folder: the caller says so.
    return []
  }
}

function readManifest(folder: string): Backup[] {
  try {
    return [{ ...(JSON.parse(readFileSync(join(folder, manifestName), 'utf8')) as Backup), folder }]
  } catch {
    // Some other folder, or a backup that was cut short.
    return []
  }
}
