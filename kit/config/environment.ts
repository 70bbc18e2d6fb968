import { z } from 'zod'
import { plainObject } from './file.ts'
import { isSecret } from './secret.ts'
import { closest } from './suggest.ts'

type Environment = {
  values: Record<string, unknown>
  /** The variable each key came from, and its value as it may be shown. */
  variables: Record<string, string>
  shown: Record<string, string>
  problems: string[]
  /** Keys already complained about. */
  refused: Set<string>
}

/** The variable of a setting: `booking`, `holdMinutes` → `BOOKING_HOLD_MINUTES`. */
export function variableFor(service: string, key: string): string {
  return `${service}_${key.replaceAll(/[A-Z]/g, '_$&')}`.replaceAll('-', '_').toUpperCase()
}

/** Reads a service's variables, and refuses those that look meant for it and are not. */
export function readEnvironment(from: {
  schema: z.ZodObject
  service: string
  env: Readonly<Record<string, string | undefined>>
  reserved: readonly string[]
  readSecret: (path: string) => string
}): Environment {
  const { schema, service, env, reserved, readSecret } = from
  const result: Environment = { values: {}, variables: {}, shown: {}, problems: [], refused: new Set() }
  const keys = new Map(Object.keys(schema.shape).map((key) => [variableFor(service, key), key]))
  const refuse = (key: string, problem: string) => {
    result.refused.add(key)
    result.problems.push(problem)
  }

  for (const [name, text] of Object.entries(env)) {
    if (text === undefined || text === '' || !name.startsWith(variableFor(service, ''))) continue
    const fromFile = !keys.has(name) && name.endsWith('_FILE')
    const plain = fromFile ? name.slice(0, -'_FILE'.length) : name
    const key = keys.get(plain)
    if (key === undefined) {
      if (reserved.includes(plain)) continue
      const meant = closest(plain, [...keys.keys()])
      result.problems.push(`${name} is no setting of ${service}${meant ? `; did you mean ${meant}?` : ''}`)
      continue
    }
    if (fromFile && env[plain]) {
      refuse(key, `${plain} and ${name} are both given; give one`)
      continue
    }
    let value = text
    if (fromFile)
      try {
        value = readSecret(text)
      } catch (error) {
        refuse(key, `${name} names a file that cannot be read: ${reading(error)}`)
        continue
      }
    const field = schema.shape[key] as z.ZodType
    result.variables[key] = name
    result.shown[key] = fromFile || isSecret(field) ? 'what is given' : `"${value}"`
    result.values[key] = fromText(field, value)
  }
  return result
}

const reading = (error: unknown): string =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'it does not exist' : String(error)

/** A variable is text; the schema says whether a number, a truth, a list or a group is meant. */
function fromText(field: z.ZodType, text: string): unknown {
  switch (kindOf(field)) {
    case 'number':
    case 'int':
      return /^\s*-?\d+(?:\.\d+)?\s*$/.test(text) ? Number(text) : text
    case 'boolean':
      return truths.get(text.trim().toLowerCase()) ?? text
    case 'array':
      return text.trimStart().startsWith('[') ? json(text) : text.split(',').map((item) => item.trim())
    case 'object':
    case 'record':
      return json(text)
    default:
      return text
  }
}

const truths = new Map([
  ['true', true],
  ['1', true],
  ['on', true],
  ['yes', true],
  ['false', false],
  ['0', false],
  ['off', false],
  ['no', false],
])

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Left as text: the schema then says what was expected.
    return text
  }
}

/** The type under defaults, optionals and transformations. */
function kindOf(field: z.ZodType): string {
  const definition: { type: string; innerType?: unknown; in?: unknown } = field.def
  const inner = definition.innerType ?? (definition.type === 'pipe' ? definition.in : undefined)
  return inner instanceof z.ZodType && plainObject(definition) ? kindOf(inner) : definition.type
}
