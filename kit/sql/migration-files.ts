import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { SqlError } from './sql-error.ts'

/** A folder of numbered SQL files; the name tells several sets in one schema apart. */
export type MigrationSet = { name: string; from: URL }

export type Migration = { set: string; name: string; text: string; checksum: string }

const pattern = /^(\d{4})-[a-z0-9-]+\.sql$/

/** Reads `0001-what-it-does.sql` and so on, in order. Errors: `migration-invalid`. */
export function readMigrations(sets: readonly MigrationSet[]): Migration[] {
  return sets.flatMap(({ name: set, from }) => {
    const folder = new URL(from.href.endsWith('/') ? from : `${from.href}/`)
    const files = readdirSync(folder)
      .filter((file) => file.endsWith('.sql'))
      .sort()
    const numbers = new Set<string>()
    return files.map((file) => {
      const number = pattern.exec(file)?.[1]
      if (!number) throw invalid(set, file, 'is not named like 0001-what-it-does.sql')
      if (numbers.has(number)) throw invalid(set, file, 'has a number that another file has too')
      numbers.add(number)
      const text = readFileSync(new URL(file, folder), 'utf8')
      const checksum = createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex')
      return { set, name: file, text, checksum }
    })
  })
}

function invalid(set: string, file: string, what: string): SqlError {
  return new SqlError('migration-invalid', `Migration ${set}/${file} ${what}: rename it`)
}
