import { createHash } from 'node:crypto'
import { z } from 'zod'
import { liveSetting } from '../config/index.ts'
import type { AnyFlag } from '../contract/index.ts'

const SwitchRule = z.strictObject({
  /** For everybody, or for nobody but `people`. */
  on: z.boolean().optional(),
  /** For so many of a hundred; whoever has it keeps it as the number grows. */
  percentage: z.number().min(0).max(100).optional(),
  /** Ids of people who have it whatever the rest says. */
  people: z.array(z.string()).default([]),
})
export type SwitchRule = z.output<typeof SwitchRule>

const variantsRule = ({ variants }: Extract<AnyFlag, { kind: 'variants' }>) =>
  z
    .strictObject({
      /** How many of a hundred are dealt each variant; together a hundred. */
      shares: z
        .partialRecord(z.enum(variants as [string, ...string[]]), z.number().min(0).max(100))
        .optional(),
      /** Ids of people by the variant that they get whatever the shares say. */
      people: z.partialRecord(z.enum(variants as [string, ...string[]]), z.array(z.string())).default({}),
    })
    .refine(({ shares }) => !shares || Math.abs(sum(Object.values(shares)) - 100) < 1e-6, {
      message: 'shares must come to 100 together',
      path: ['shares'],
    })
export type VariantsRule = z.output<ReturnType<typeof variantsRule>>

/** The `flags` section of the configuration: a rule for each flag that is declared, and no other. */
export function flagsSection(flags: readonly AnyFlag[]) {
  return z.object(
    Object.fromEntries(
      flags.map((one) => [
        one.key,
        liveSetting(one.kind === 'flag' ? SwitchRule : variantsRule(one)).optional(),
      ]),
    ),
  )
}
export type FlagRules = Readonly<Record<string, unknown>>

/** What a switch is for somebody. Nobody in particular is the last to have it. */
export function judgeSwitch(
  { key, usually }: Extract<AnyFlag, { kind: 'flag' }>,
  rule: SwitchRule,
  person: string | undefined,
): boolean {
  if (person !== undefined && rule.people.includes(person)) return true
  if (rule.on === false) return false
  if (rule.percentage === undefined) return rule.on ?? usually
  return rule.percentage === 100 || (person !== undefined && placeOf(key, person) < rule.percentage)
}

/** Whether a switch is the same whoever asks, also somebody of whom nothing is known. */
export const isForEverybody = ({ on, percentage, people }: SwitchRule): boolean =>
  people.length === 0 && (on === false || percentage === undefined || percentage === 0 || percentage === 100)

/** Which variant somebody is dealt: the same each time, for as long as the shares are. */
export function judgeVariant(
  { key, variants, usually }: Extract<AnyFlag, { kind: 'variants' }>,
  rule: VariantsRule,
  person: string | undefined,
): string {
  if (person === undefined) return usually
  const named = variants.find((variant) => rule.people[variant]?.includes(person))
  if (named !== undefined) return named
  const place = placeOf(key, person)
  let upTo = 0
  for (const variant of variants) {
    upTo += rule.shares?.[variant] ?? 0
    if (place < upTo) return variant
  }
  return usually
}

/** A person's place among a hundred for one flag: the same in every process, and another for every flag. */
function placeOf(key: string, person: string): number {
  const hash = createHash('sha256').update(`${key} ${person}`).digest()
  return (hash.readUInt32BE() / 2 ** 32) * 100
}

const sum = (numbers: readonly (number | undefined)[]): number =>
  numbers.reduce<number>((total, one) => total + (one ?? 0), 0)
