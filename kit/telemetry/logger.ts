import pino from 'pino'
import { currentContext } from './context.ts'
import { redact, redactLine } from './redact.ts'
import { traceIdOf } from './trace.ts'

/** Writes JSON lines. Every line names its service and, while a request or event is served, its correlation id. */
export type Logger = pino.Logger

export type LoggerOptions = {
  service: string
  /** `info` unless told. */
  level?: string
  /** Where lines go: standard output unless told. */
  write?: (line: string) => void
}

/** Makes a service's logger. Secrets are removed from fields, addresses and error messages alike. */
export function createLogger({ service, level = 'info', write }: LoggerOptions): Logger {
  const options: pino.LoggerOptions = {
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: {
      level: (label) => ({ level: label }),
      log: (fields) => redact(fields) as Record<string, unknown>,
    },
    serializers: { err: errorFields, error: errorFields },
    mixin: () => {
      const context = currentContext()
      if (!context) return {}
      const traceId = traceIdOf(context.traceparent)
      return { correlationId: context.correlationId, ...(traceId ? { traceId } : {}) }
    },
    // Messages, error texts and a child's own fields pass no other gate.
    hooks: { streamWrite: redactLine },
  }
  return write ? pino(options, { write }) : pino(options)
}

/** A logger that says nothing. */
export const silentLogger: Logger = pino({ level: 'silent' })

/** What helps to understand an error; libraries hang whole connections on theirs. */
function errorFields(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const { message, stack } = pino.stdSerializers.err(error)
  const told = Object.entries(error).filter(([, value]) =>
    ['string', 'number', 'boolean'].includes(typeof value),
  )
  return redact({ ...Object.fromEntries(told), type: error.name, message, stack })
}
