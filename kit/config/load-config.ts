import { readFileSync } from 'node:fs'
import type { z } from 'zod'
import { readEnvironment, variableFor } from './environment.ts'
import { type ConfigFile, mergeLayers, plainObject } from './file.ts'
import { BadSettingError, reasonOf } from './problems.ts'

export type Profile = 'dev' | 'test' | 'prod'

export type ConfigSources = {
  /** The section of the file, and the prefix of the variables: `booking` reads BOOKING_HOLD_MINUTES. */
  service: string
  env: Readonly<Record<string, string | undefined>>
  /** What `readConfigFile` read of `marquee.yaml`. */
  file?: ConfigFile
  profile?: Profile
  /** Variables that begin with this prefix and are somebody else's: `BOOKING_DATABASE_URL`. */
  reserved?: readonly string[]
  /** Reads a secret's file; the file system unless told. */
  readSecret?: (path: string) => string
}

/**
 * A service's configuration: defaults in the schema, then `marquee.yaml`, then its profile, then environment
 * variables (`BOOKING_HOLD_MINUTES` is `holdMinutes`; `<NAME>_FILE` names a file that holds the value).
 * Throws a `BadSettingError` that lists everything wrong at once.
 */
export function loadConfig<Schema extends z.ZodObject>(
  schema: Schema,
  sources: ConfigSources,
): z.output<Schema> {
  const { service, env, file, profile, reserved = [] } = sources
  const readSecret = sources.readSecret ?? ((path: string) => readFileSync(path, 'utf8').trimEnd())
  const layers = [file?.sections[service], profile ? file?.profiles[profile]?.[service] : undefined]
  const problems: string[] = []
  for (const layer of layers)
    if (layer !== undefined && layer !== null && !plainObject(layer))
      problems.push(`${service} in ${file?.name ?? 'the file'} must be a list of settings`)
  const fromFile = mergeLayers(layers)
  for (const key of Object.keys(fromFile))
    if (!(key in schema.shape))
      problems.push(`${service}.${key} in ${file?.name ?? 'the file'} is no setting of ${service}`)

  const environment = readEnvironment({ schema, service, env, reserved, readSecret })
  problems.push(...environment.problems)
  const parsed = schema.safeParse(mergeLayers([fromFile, environment.values]))
  if (!parsed.success)
    for (const issue of parsed.error.issues) {
      const key = String(issue.path[0] ?? '')
      if (issue.code === 'unrecognized_keys' || environment.refused.has(key)) continue
      const name = environment.variables[key] ?? nameInFile(service, issue.path, key in fromFile, file)
      problems.push(`${name} ${reasonOf(issue, environment.shown[key])}`)
    }
  if (problems.length > 0 || !parsed.success) throw new BadSettingError(problems)
  return parsed.data
}

function nameInFile(
  service: string,
  path: readonly PropertyKey[],
  inFile: boolean,
  file?: ConfigFile,
): string {
  const name = [service, ...path].join('.')
  return inFile && file ? `${name} in ${file.name}` : `${name} (${variableFor(service, String(path[0]))})`
}
