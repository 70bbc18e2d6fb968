import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { BadSettingError } from './problems.ts'

type Section = Readonly<Record<string, unknown>>

/** `marquee.yaml` as read: a section a service, and again under each profile. */
export type ConfigFile = {
  name: string
  sections: Section
  profiles: Readonly<Record<string, Section | undefined>>
}

/** Reads `marquee.yaml`; undefined when there is none. Throws a `BadSettingError` when it is not YAML. */
export function readConfigFile(path: string, name = 'marquee.yaml'): ConfigFile | undefined {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw new BadSettingError([`${name} cannot be read: ${error instanceof Error ? error.message : error}`])
  }
  return parseConfigFile(text, name)
}

/** The same from text. */
export function parseConfigFile(text: string, name = 'marquee.yaml'): ConfigFile {
  let content: unknown
  try {
    content = parse(text) ?? {}
  } catch (error) {
    const [line] = (error instanceof Error ? error.message : String(error)).split('\n')
    throw new BadSettingError([`${name} is not valid YAML: ${line}`])
  }
  return configFileOf(content, name)
}

/** The same from what was parsed already. */
export function configFileOf(content: unknown, name: string): ConfigFile {
  if (!plainObject(content)) throw new BadSettingError([`${name} must hold settings by service`])
  const { profiles = {}, ...sections } = content
  const known = ['dev', 'test', 'prod']
  if (!plainObject(profiles)) throw new BadSettingError([`profiles in ${name} must hold ${known.join(', ')}`])
  const strange = Object.keys(profiles).find((profile) => !known.includes(profile))
  if (strange)
    throw new BadSettingError([`profiles.${strange} in ${name} must be one of ${known.join(', ')}`])
  return {
    name,
    sections,
    profiles: Object.fromEntries(
      Object.entries(profiles).map(([profile, section]) => [profile, plainObject(section) ? section : {}]),
    ),
  }
}

export function plainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Later layers win; groups of settings are merged, lists replaced. */
export function mergeLayers(layers: readonly unknown[]): Record<string, unknown> {
  const merged: Record<string, unknown> = {}
  for (const layer of layers) {
    if (!plainObject(layer)) continue
    for (const [key, value] of Object.entries(layer))
      merged[key] = plainObject(value) && plainObject(merged[key]) ? mergeLayers([merged[key], value]) : value
  }
  return merged
}
