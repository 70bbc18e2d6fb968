import { createHash } from 'node:crypto'

/** What is counted of a log-in: never the address itself, which may be anybody's. */
export const logInSubjects = (email: string, network: string | undefined): string[] => [
  accountSubject(email),
  `${fromAnyNetworkPrefix(email)}${hashed(network ?? '')}`,
  ...networkSubject(network),
]
export const accountSubject = (email: string): string => `account:${hashed(email.toLowerCase())}`
/** What those subjects begin with that count tries of an account from one network. */
export const fromAnyNetworkPrefix = (email: string): string => `from:${hashed(email.toLowerCase())}:`
/** Whoever has a session is asked for the password again. */
export const askedAgainSubject = (userId: string): string => `again:${userId}`
/** Somebody registers with an address that has an account: its owner is told, but not as often as somebody likes. */
export const takenAddressSubject = (email: string): string => `taken:${hashed(email.toLowerCase())}`
export const networkSubject = (network: string | undefined): string[] =>
  network ? [`network:${hashed(network)}`] : []

const hashed = (value: string): string => createHash('sha256').update(value).digest('base64url')
