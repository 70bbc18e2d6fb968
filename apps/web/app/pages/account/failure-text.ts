import type { TFunction } from 'i18next'
import type { Problem } from '../../api/types.ts'

/** A failure that no form expects, in words. */
export function failureText(problem: Problem, t: TFunction): string {
  if (problem.code === 'unreachable') return t('error.unreachable')
  if (problem.status === 429) return t('error.limited')
  return t('error.unknown')
}

/** The theaters that nobody else owns, by name. */
export const namesOf = ({ theaters = [] }: Problem & { theaters?: { name: string }[] }): string =>
  theaters.map(({ name }) => name).join(', ')

/** Where to go after logging in: only pages of this site. */
export function safeNext(next: string | null): string {
  return next && /^\/(?![/\\])/.test(next) ? next : '/'
}
