import { type Failed, fail, invalid } from '@marquee/kit/contract'

type Refused = { ok: false; code: string; errors?: { path: string; message: string }[] }

/** A use case's refusal as the problem it is declared to be. */
export function refuse({ ok: _, code, errors, ...extra }: Refused): Failed {
  if (code === 'invalid-input') return invalid(errors ?? [])
  return Object.keys(extra).length > 0 ? fail(code, extra) : fail(code)
}
