import { isDeepStrictEqual } from 'node:util'
import type { z } from 'zod'
import type { ConfigFile } from './file.ts'
import { isLive } from './live-setting.ts'
import type { Section } from './open-config.ts'
import { isSecret } from './secret.ts'
import { closest } from './suggest.ts'

/** What a file says for parts that there are none of. */
export function strangersIn({ name, sections, profiles }: ConfigFile, known: readonly Section[]): string[] {
  const names = known.map((section) => section.name)
  const written = [sections, ...Object.values(profiles)].flatMap((one) => Object.keys(one ?? {}))
  return [...new Set(written)]
    .filter((one) => !names.includes(one))
    .map((one) => {
      const meant = closest(one, names)
      return `${one} in ${name} is no part of the configuration${meant ? `; did you mean ${meant}?` : ''}`
    })
}

type Values = ReadonlyMap<string, Readonly<Record<string, unknown>>>
export type Change = { setting: string; value: unknown; takesRestart: boolean }

/** What differs, secrets unseen, of the sections that this process uses. */
export function changesBetween(sections: readonly Section[], before: Values, after: Values): Change[] {
  return sections
    .filter(({ onlyJudged }) => !onlyJudged)
    .flatMap(({ name, schema }) =>
      Object.entries(schema.shape).flatMap(([key, field]): Change[] => {
        const [was, is] = [before.get(name)?.[key], after.get(name)?.[key]]
        if (isDeepStrictEqual(was, is)) return []
        const hidden = isSecret(field as z.ZodType)
        return [
          {
            setting: `${name}.${key}`,
            value: hidden ? 'not shown' : is,
            takesRestart: !isLive(field as z.ZodType),
          },
        ]
      }),
    )
}
