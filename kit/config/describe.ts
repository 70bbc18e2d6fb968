import type { z } from 'zod'
import { variableFor } from './environment.ts'
import { isLive } from './live-setting.ts'
import { isSecret } from './secret.ts'

/** One setting, for people: secrets are only said to be set or not. */
export type SettingLine = {
  setting: string
  variable: string
  value: string
  isDefault: boolean
  isLive: boolean
}

/** Lists a service's settings for `doctor`; secrets never show. */
export function describe<Schema extends z.ZodObject>(
  schema: Schema,
  service: string,
  config: z.output<Schema>,
): SettingLine[] {
  const values = config as Record<string, unknown>
  return Object.entries(schema.shape).map(([key, field]) => {
    const value = values[key]
    const usual = (field as z.ZodType).safeParse(undefined)
    return {
      setting: `${service}.${key}`,
      variable: variableFor(service, key),
      value: isSecret(field as z.ZodType) ? (value === undefined ? 'not set' : 'set') : show(value),
      isLive: isLive(field as z.ZodType),
      isDefault: usual.success && JSON.stringify(usual.data) === JSON.stringify(value),
    }
  })
}

function show(value: unknown): string {
  if (value === undefined) return 'not set'
  return typeof value === 'string' ? value : JSON.stringify(value)
}
