const censor = '[redacted]'

const secretWords =
  '(?:card|cvc|authorization|cookie|set-cookie|x-marquee-caller|signature|[\\w-]*(?:password|secret|token|apikey|api-key|privatekey))'
const secretName = new RegExp(`^${secretWords}$`, 'i')
const secretField = new RegExp(`"(${secretWords})":"(?:[^"\\\\]|\\\\.)*"`, 'gi')

const inText: readonly [RegExp, string][] = [
  [/([?&#;\s"'](?:secret|token|access_token|password)=)[^&\s"'#;]+/gi, `$1${censor}`],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, `$1 ${censor}`],
  [/(\w+:\/\/[^\s:/@]*:)[^\s@/]+@/g, `$1${censor}@`],
]

/** Removes what must not be written down from a text: secrets in addresses, bearer tokens, passwords in URLs. */
export function redactText(text: string): string {
  let clean = text
  for (const [pattern, by] of inText) clean = clean.replace(pattern, by)
  return clean
}

/** The same for a line of JSON, as the last gate before it is written. */
export function redactLine(line: string): string {
  return redactText(line).replace(secretField, `"$1":"${censor}"`)
}

/** The same for a value of any shape: fields that are named like a secret are replaced whole. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value)
  if (value === null || typeof value !== 'object') return value
  if (value instanceof Error) return value
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`
  if ('toJSON' in value && typeof value.toJSON === 'function') return redact(value.toJSON(), depth)
  if (depth > 6) return '[too deep]'
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      secretName.test(name) && item !== undefined && item !== null && typeof item !== 'boolean'
        ? censor
        : redact(item, depth + 1),
    ]),
  )
}
