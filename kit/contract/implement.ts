import type { Caller, Facts } from './access.ts'
import type { Contract, Endpoints } from './contract.ts'
import type { EndpointSpec, GivenBodyOf, ParsedOf } from './endpoint.ts'
import type { Failed, Reply } from './outcome.ts'

/** What a handler knows of the call besides its input. */
export type CallRequest = {
  caller: Caller
  correlationId: string
  /** Present when the caller sent an `Idempotency-Key` to an endpoint that honours one. */
  idempotency?: { key: string; scope: string; bodyHash: string } | undefined
  /** Lower-case names. */
  headers: Readonly<Record<string, string | undefined>>
  rawBody?: Buffer | undefined
}

export type Handler<Spec extends EndpointSpec> = (
  input: ParsedOf<Spec>,
  request: CallRequest,
) =>
  | Promise<GivenBodyOf<Spec> | Reply<GivenBodyOf<Spec>> | Failed>
  | GivenBodyOf<Spec>
  | Reply<GivenBodyOf<Spec>>
  | Failed

export type Guard<Spec extends EndpointSpec> = (
  input: ParsedOf<Spec>,
  request: CallRequest,
) => Promise<Facts | undefined> | Facts | undefined

export type Handlers<Of extends Endpoints> = { [Name in keyof Of]: Handler<Of[Name]> }
export type Guards<Of extends Endpoints> = { [Name in keyof Of]?: Guard<Of[Name]> }

/** A service's answers to its contract. */
export type Implementation<Of extends Endpoints = Endpoints> = {
  contract: Contract<string, Of>
  handlers: Handlers<Of>
  guards: Guards<Of>
  /** How far the database is: told with the answer to every change, where lists may be read from replicas. */
  position?: () => Promise<string>
}

/**
 * Binds handlers to a contract. Throws when an endpoint needs a resource's facts to judge its callers
 * and no guard supplies them.
 */
export function implement<Of extends Endpoints>(
  contract: Contract<string, Of>,
  parts: { handlers: Handlers<Of>; guards?: Guards<Of> },
): Implementation<Of> {
  const guards: Guards<Of> = parts.guards ?? {}
  for (const [name, spec] of Object.entries(contract.endpoints)) {
    const needsFacts = spec.access.some((word) => ['holder', 'secret', 'staff', 'owner'].includes(word))
    if (needsFacts && !spec.access.includes('anyone') && !guards[name])
      throw new Error(`${contract.name}.${name} is open to ${spec.access.join(', ')} but has no guard`)
  }
  return { contract, handlers: parts.handlers, guards }
}
