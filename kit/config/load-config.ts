import { readFileSync } from 'node:fs'
import type { z } from 'zod'
import { readEnvironment, variableFor } from './environment.ts'
import { type ConfigFile, mergeLayers, plainObject } from './file.ts'
import { BadSettingError, reasonOf } from './problems.ts'
import { closest } from './suggest.ts'

export type Profile = 'dev' | 'test' | 'prod'

export type ConfigSources = {
  /** The section of the file, and the prefix of the variables: `booking` reads BOOKING_HOLD_MINUTES. */
  service: string
  env: Readonly<Record<string, string | undefined>>
  /** What `readConfigFile` read of `marquee.yaml`. */
  file?: ConfigFile
  /** What a watched source says; it comes after the environment. */
  watched?: ConfigFile
  profile?: Profile
  /** Variables that begin with this prefix and are somebody else's: `BOOKING_DATABASE_URL`. */
  reserved?: readonly string[]
  /** Reads a secret's file; the file system unless told. */
  readSecret?: (path: string) => string
}

/**
 * A service's configuration: defaults in the schema, then `marquee.yaml`, then its profile, then environment
 * variables (`BOOKING_HOLD_MINUTES` is `holdMinutes`; `<NAME>_FILE` names a file that holds the value), then what a
 * watched source says, and its profile.
 * Throws a `BadSettingError` that lists everything wrong at once.
 */
export function loadConfig<Schema extends z.ZodObject>(
  schema: Schema,
  sources: ConfigSources,
): z.output<Schema> {
  const { service, env, file, watched, profile, reserved = [] } = sources
  const readSecret = sources.readSecret ?? ((path: string) => readFileSync(path, 'utf8').trimEnd())
  const problems: string[] = []
  const about = { schema, service, profile, problems }
  const fromFile = sectionOf(file, about)
  const fromWatched = sectionOf(watched, about)

  const environment = readEnvironment({ schema, service, env, reserved, readSecret })
  problems.push(...environment.problems)
  const parsed = schema.safeParse(mergeLayers([fromFile, environment.values, fromWatched]))
  if (!parsed.success)
    for (const issue of parsed.error.issues) {
      const key = String(issue.path[0] ?? '')
      if (issue.code === 'unrecognized_keys' || environment.refused.has(key)) continue
      const inWatched = key in fromWatched
      const variable = inWatched ? undefined : environment.variables[key]
      const name =
        variable ?? nameInFile(service, issue.path, inWatched ? watched : key in fromFile ? file : undefined)
      problems.push(`${name} ${reasonOf(issue, variable ? environment.shown[key] : undefined)}`)
    }
  if (problems.length > 0 || !parsed.success) throw new BadSettingError(problems)
  return parsed.data
}

type About = {
  schema: z.ZodObject
  service: string
  profile: Profile | undefined
  problems: string[]
}

/** A service's section of a file with its profile's over it; what is no section or no setting is a problem. */
function sectionOf(file: ConfigFile | undefined, { schema, service, profile, problems }: About) {
  if (!file) return {}
  const layers = [file.sections[service], profile ? file.profiles[profile]?.[service] : undefined]
  for (const layer of layers)
    if (layer !== undefined && layer !== null && !plainObject(layer))
      problems.push(`${service} in ${file.name} must be a list of settings`)
  const section = mergeLayers(layers)
  for (const key of Object.keys(section))
    if (!(key in schema.shape)) {
      const meant = closest(key, Object.keys(schema.shape))
      const hint = meant ? `; did you mean ${meant}?` : ''
      problems.push(`${service}.${key} in ${file.name} is no setting of ${service}${hint}`)
    }
  return section
}

function nameInFile(service: string, path: readonly PropertyKey[], file: ConfigFile | undefined): string {
  const name = [service, ...path].join('.')
  return file ? `${name} in ${file.name}` : `${name} (${variableFor(service, String(path[0]))})`
}
