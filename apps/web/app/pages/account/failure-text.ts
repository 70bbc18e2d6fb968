import type { TFunction } from 'i18next'
import type { Problem } from '../../api/types.ts'

/** What erasing an account adds: the theaters that nobody else owns. */
type Refusal = Problem & { theaters?: { name: string }[] }

/** A failure that no form expects, in words. */
export function failureText(problem: Refusal, t: TFunction): string {
  if (problem.code === 'unreachable') return t('error.unreachable')
  if (problem.status === 429) return t('error.limited')
  if (problem.code === 'last-owner')
    return t('account.lastOwner', { theaters: problem.theaters?.map(({ name }) => name).join(', ') })
  return t('error.unknown')
}

/** Where to go after logging in: only pages of this site. */
export function safeNext(next: string | null): string {
  if (!next?.startsWith('/') || !URL.canParse(next, nowhere)) return '/'
  // Read as browsers do, who drop tabs and turn backslashes before they look where an address leads.
  const { origin, pathname, search, hash } = new URL(next, nowhere)
  return origin === nowhere && !pathname.startsWith('//') ? `${pathname}${search}${hash}` : '/'
}

const nowhere = 'http://nowhere.invalid'
