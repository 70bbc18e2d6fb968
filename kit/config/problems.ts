import type { z } from 'zod'

/** One or more settings are wrong. The message has one line for each: the variable or key, and the reason. */
export class BadSettingError extends Error {
  readonly code = 'bad-setting'
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.name = 'BadSettingError'
    this.problems = problems
  }
}

/** Words for a person: `must be a number, not "abc"`. `shown` is the value as it may be shown. */
export function reasonOf(issue: z.core.$ZodIssue, shown: string | undefined): string {
  const not = shown === undefined ? '' : `, not ${shown}`
  switch (issue.code) {
    case 'invalid_type':
      if (issue.message.endsWith('received undefined') && shown === undefined) return 'is required'
      return `must be ${typeWords[issue.expected] ?? issue.expected}${not}`
    case 'invalid_value':
      return `must be ${issue.values.map((value) => `"${String(value)}"`).join(' or ')}${not}`
    case 'too_small':
      return `must be ${issue.inclusive === false ? 'more than' : 'at least'} ${size(issue.minimum, issue.origin)}${not}`
    case 'too_big':
      return `must be ${issue.inclusive === false ? 'less than' : 'at most'} ${size(issue.maximum, issue.origin)}${not}`
    case 'invalid_format':
      return `must be ${formatWords[issue.format] ?? `a valid ${issue.format}`}${not}`
    default:
      return `is refused: ${issue.message}${not}`
  }
}

const size = (limit: number | bigint, origin: string): string =>
  origin === 'string' ? `${limit} characters long` : origin === 'array' ? `${limit} long` : String(limit)

const typeWords: Partial<Record<string, string>> = {
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  string: 'a text',
  array: 'a list',
  object: 'a group of settings',
  record: 'a group of settings',
}

const formatWords: Partial<Record<string, string>> = {
  url: 'an address such as https://host',
  email: 'an e-mail address',
  safeint: 'a whole number',
  regex: 'written as its description says',
}
