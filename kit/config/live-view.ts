import type { z } from 'zod'
import { isLive } from './live-setting.ts'

type Values = Readonly<Record<string, unknown>>

/** Settings whose live ones are read anew at each look; the others are those of the start. */
export function viewOf(schema: z.ZodObject, atStart: Values, current: () => Values): Values {
  const view = {}
  for (const [key, field] of Object.entries(schema.shape)) {
    const live = isLive(field as z.ZodType)
    Object.defineProperty(view, key, {
      enumerable: true,
      get: () => (live ? current() : atStart)[key],
    })
  }
  return view
}
