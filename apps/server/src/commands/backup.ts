import { backupEmbedded, restoreEmbedded } from '@marquee/kit/sql'
import { Command, InvalidArgumentError } from 'commander'
import { Fatal } from '../fatal.ts'
import { readSettings, type Settings } from '../settings.ts'

/** `marquee backup DIR`: a whole copy of the embedded PostgreSQL, while it serves or from rest. */
export function backupCommand(): Command {
  return new Command('backup')
    .description('copy the embedded PostgreSQL into a new folder of DIR, while it serves')
    .argument('<dir>')
    .action(async (dir: string) => {
      const backup = await backupEmbedded({ data: embedded(readSettings(process.env)).data, into: dir })
      console.log(`backed up into ${backup.folder}`)
    })
}

/** `marquee restore DIR [--to TIME]`: puts a backup in place of the data, as it was at a time. */
export function restoreCommand(): Command {
  return new Command('restore')
    .description('put a backup in place of the data; what was there is kept beside it')
    .argument('<dir>')
    .option('--to <time>', 'the state at this time (2026-12-01T19:30:00Z), or "latest"', time)
    .action(async (dir: string, options: { to?: Temporal.Instant | 'latest' }) => {
      const { data } = embedded(readSettings(process.env))
      console.log('restoring; a backup that much was written after takes minutes')
      const backup = await restoreEmbedded({ from: dir, data, ...(options.to ? { to: options.to } : {}) })
      const state = options.to === 'latest' ? 'to its last moment' : options.to ? `to ${options.to}` : 'alone'
      console.log(`restored ${backup.folder} ${state}`)
    })
}

function embedded(settings: Settings): Settings {
  if (settings.databaseUrl)
    throw new Fatal(
      'not-embedded',
      'backup and restore are for the PostgreSQL that Marquee runs itself; for DATABASE_URL use pg_basebackup',
    )
  return settings
}

function time(text: string): Temporal.Instant | 'latest' {
  if (text === 'latest') return text
  try {
    return Temporal.Instant.from(text)
  } catch {
    throw new InvalidArgumentError('must be a time with an offset such as 2026-12-01T19:30:00Z, or "latest"')
  }
}
