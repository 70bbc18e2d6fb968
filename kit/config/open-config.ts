import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { z } from 'zod'
import type { Metrics } from '../telemetry/index.ts'
import type { ConfigFile } from './file.ts'
import { type Kept, keptDocument } from './kept-document.ts'
import { viewOf } from './live-view.ts'
import { loadConfig, type Profile } from './load-config.ts'
import { pollFiles } from './poll-files.ts'
import { BadSettingError } from './problems.ts'
import { changesBetween, strangersIn } from './sections.ts'
import type { Said, WatchedSource } from './watch.ts'

/** One part of the configuration: a service's, or what is everybody's. */
export type Section = {
  name: string
  schema: z.ZodObject
  /** Variables with this section's prefix that are somebody else's. */
  reserved?: readonly string[]
  /** Its variables, where they are not those of the process. */
  env?: Readonly<Record<string, string | undefined>>
  /** Judged like the others, though nobody in this process uses it. */
  onlyJudged?: boolean
  /** A last word on what was parsed: what is wrong with it, if anything. */
  judge?: (values: unknown) => string | undefined
}

export type OpenConfigOptions = {
  sections: readonly Section[]
  env: Readonly<Record<string, string | undefined>>
  file?: ConfigFile
  profile: Profile
  /** Settings that change while the server runs; without it only secrets' files are followed. */
  source?: WatchedSource
  /** Where what the source said last is kept, for a start at which it says nothing good. */
  keepIn?: string
  log: {
    info(about: object, message: string): void
    warn(about: object, message: string): void
    error(about: object, message: string): void
  }
  metrics?: Metrics
}

export type OpenConfig = {
  /** A section's settings: live ones as they are now, the others as they were at the start. */
  of: (section: string) => unknown
  /** Told after settings took effect; the returned function leaves. */
  onChange: (listener: () => void) => () => void
  /** Begins to follow the source and secrets' files. */
  follow: () => void
  stop: () => Promise<void>
}

type Values = ReadonlyMap<string, Readonly<Record<string, unknown>>>

/**
 * The configuration of a process. A change is taken whole or refused whole: then it is logged with the settings and the
 * reasons, and what was in force stays. Throws a `BadSettingError` when there is nothing good to start with.
 */
export async function openConfig(options: OpenConfigOptions): Promise<OpenConfig> {
  const { sections, env, file, profile, source, log, metrics } = options
  const kept: Kept | undefined = options.keepIn ? keptDocument(options.keepIn) : undefined
  const secretFiles = new Set<string>()
  const listeners = new Set<() => void>()
  const generation = metrics?.gauge(
    'marquee_config_generation',
    'How often settings took effect, the start included',
  )
  const fingerprint = metrics?.gauge(
    'marquee_config_fingerprint',
    'The same number in every process that has the same watched settings',
  )
  const refused = metrics?.counter('marquee_config_refused_total', 'Changes of settings that were refused')

  function judge(watched: ConfigFile | undefined): Values {
    const problems: string[] = watched ? strangersIn(watched, sections) : []
    const values = new Map<string, Record<string, unknown>>()
    for (const section of sections)
      try {
        const loaded = loadConfig(section.schema, {
          service: section.name,
          env: section.onlyJudged ? {} : { ...section.env, ...env },
          profile,
          reserved: section.reserved ?? [],
          ...(file ? { file } : {}),
          ...(watched ? { watched } : {}),
          readSecret(path) {
            secretFiles.add(path)
            return readFileSync(path, 'utf8').trimEnd()
          },
        })
        const problem = section.judge?.(loaded)
        if (problem !== undefined) problems.push(problem)
        values.set(section.name, loaded)
      } catch (error) {
        if (!(error instanceof BadSettingError)) throw error
        problems.push(...error.problems)
      }
    if (problems.length > 0) throw new BadSettingError(problems)
    return values
  }

  /** For the next start only: what is in force does not depend on it. */
  function keep(document: ConfigFile): void {
    try {
      kept?.write(document)
    } catch (error) {
      log.warn({ err: error }, `what ${document.name} says cannot be kept for a start without it`)
    }
  }

  async function start(): Promise<{ values: Values; watched: ConfigFile | undefined; said?: ConfigFile }> {
    if (!source) return { values: judge(undefined), watched: undefined }
    const now: Said = await source.first().catch((error: unknown) => new Error(reasonOf(error)))
    try {
      if (now instanceof Error) throw now
      const values = judge(now)
      keep(now)
      return { values, watched: now }
    } catch (error) {
      const before = kept?.read()
      if (!before) throw error instanceof BadSettingError ? error : new BadSettingError([reasonOf(error)])
      const values = judge(before)
      refused?.inc()
      log.error(
        { problems: problemsOf(error) },
        `${source.name} is refused; starting with its last good settings`,
      )
      return { values, watched: before, ...(now instanceof Error ? {} : { said: now }) }
    }
  }

  let { values: current, watched, said: latest = watched } = await start()
  const views = new Map(
    sections
      .filter(({ onlyJudged }) => !onlyJudged)
      .map(({ name, schema }) => [
        name,
        viewOf(schema, current.get(name) ?? {}, () => current.get(name) ?? {}),
      ]),
  )
  let times = 0
  const inForce = () => {
    times += 1
    generation?.set(times)
    fingerprint?.set(fingerprintOf(watched))
  }
  inForce()

  function take(next: Said): void {
    let values: Values
    try {
      if (next instanceof Error) throw next
      values = judge(next)
    } catch (error) {
      refused?.inc()
      log.error({ problems: problemsOf(error) }, 'a change of settings is refused; what was in force stays')
      return
    }
    const changes = changesBetween(sections, current, values)
    current = values
    watched = next
    if (source) keep(next)
    inForce()
    for (const { setting, value, takesRestart } of changes)
      if (takesRestart)
        log.warn({ setting, value }, `${setting} changed and takes effect with the next start`)
      else log.info({ setting, value }, `${setting} changed`)
    for (const listener of listeners) listener()
  }

  let stops: (() => void | Promise<void>)[] = []
  return {
    of(name) {
      const view = views.get(name)
      if (!view) throw new Error(`there is no section ${name}`)
      return view
    },
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    follow() {
      if (source)
        stops.push(
          source.follow((said) => {
            // Refused for a secret that is wrong, it is judged again with the next one: the source will not repeat it.
            if (!(said instanceof Error)) latest = said
            take(said)
          }),
        )
      if (secretFiles.size > 0)
        stops.push(
          pollFiles(
            () => secretFiles,
            () => take(latest ?? nothing),
          ),
        )
    },
    async stop() {
      const ending = stops
      stops = []
      for (const stop of ending) await stop()
    },
  }
}

const nothing: ConfigFile = { name: 'nothing', sections: {}, profiles: {} }
const problemsOf = (error: unknown): readonly string[] =>
  error instanceof BadSettingError ? error.problems : [reasonOf(error)]
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** What is the same in processes of one mind; 0 where nothing is watched. */
function fingerprintOf(watched: ConfigFile | undefined): number {
  if (!watched) return 0
  const { sections, profiles } = watched
  return createHash('sha256').update(JSON.stringify({ sections, profiles })).digest().readUInt32BE()
}
