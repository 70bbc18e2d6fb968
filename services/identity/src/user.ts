import { Preferences } from '@marquee/contracts/identity'
import type { z } from 'zod'

export type TheaterRole = { id: string; name: string; role: 'owner' | 'staff' }
export type UserRow = {
  id: string
  email: string
  name: string
  handle: string
  password_hash: string | null
  admin: boolean
  preferences: Partial<z.infer<typeof Preferences>>
  email_verified: boolean
  version: number
}

/** A person as the API shows them. */
export function presentUser(row: UserRow, theaters: readonly TheaterRole[]) {
  const roles = new Set<'user' | 'staff' | 'owner' | 'admin'>(['user'])
  for (const { role } of theaters) roles.add(role)
  if (row.admin) roles.add('admin')
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    handle: row.handle,
    roles: [...roles],
    preferences: Preferences.parse(row.preferences),
    emailVerified: row.email_verified,
    version: row.version,
  }
}

/** The roles that every service takes from a token; roles at theaters are each service's own business. */
export const globalRoles = (row: Pick<UserRow, 'admin'>): ('user' | 'admin')[] =>
  row.admin ? ['user', 'admin'] : ['user']
