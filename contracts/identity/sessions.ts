import { endpoint, nothing, problem } from '@marquee/kit/contract'
import { z } from 'zod'
import { Email } from '../common.ts'
import { lockedOut, Password, PersonName, User } from './user.ts'

const SessionKind = z.enum(['cookie', 'token']).default('cookie')
export const Session = z.object({
  user: User,
  accessToken: z.string(),
  /** Seconds until the access token ends. */
  expiresIn: z.int(),
  /** Only with `"session": "token"`. */
  refreshToken: z.string().optional(),
})

export const register = endpoint({
  method: 'POST',
  path: '/api/auth/register',
  summary: 'Open an account',
  access: ['anyone'],
  limit: 'auth',
  body: z.object({ email: Email, password: Password, name: PersonName, session: SessionKind }),
  responses: { 201: Session, 409: problem('email-taken') },
})
export const login = endpoint({
  method: 'POST',
  path: '/api/auth/login',
  summary: 'Log in',
  access: ['anyone'],
  limit: 'auth',
  body: z.object({
    email: Email,
    password: z.string().min(1).max(200),
    code: z.string().max(20).optional(),
    session: SessionKind,
  }),
  responses: {
    200: Session,
    401: [problem('invalid-credentials'), problem('second-factor-needed')],
    429: lockedOut,
  },
})
export const refresh = endpoint({
  method: 'POST',
  path: '/api/auth/refresh',
  summary: 'Exchange a refresh token for its successor',
  access: ['anyone'],
  limit: 'refresh',
  body: z.object({ refreshToken: z.string().max(300).optional() }).default({}),
  responses: { 200: Session, 401: problem('session-ended') },
})
export const logout = endpoint({
  method: 'POST',
  path: '/api/auth/logout',
  summary: 'End this session',
  access: ['anyone'],
  body: z.object({ refreshToken: z.string().max(300).optional() }).default({}),
  responses: { 204: nothing },
})
export const logoutEverywhere = endpoint({
  method: 'POST',
  path: '/api/me/sessions/end',
  summary: 'End every session of mine',
  access: ['user'],
  responses: { 204: nothing },
})
export const jwks = endpoint({
  method: 'GET',
  path: '/api/auth/jwks.json',
  summary: 'Public keys of access tokens',
  access: ['anyone'],
  cache: { seconds: 60 },
  responses: { 200: z.object({ keys: z.array(z.looseObject({ kid: z.string() })) }) },
})
export const forgotPassword = endpoint({
  method: 'POST',
  path: '/api/auth/password/forgot',
  summary: 'Mail a link to set a new password; answers the same whether or not the account exists',
  access: ['anyone'],
  limit: 'mail',
  body: z.object({ email: Email }),
  responses: { 202: z.object({ sent: z.literal(true) }) },
})
export const resetPassword = endpoint({
  method: 'POST',
  path: '/api/auth/password/reset',
  summary: 'Set a new password by a mailed token; ends every session',
  access: ['anyone'],
  limit: 'auth',
  body: z.object({ token: z.string().min(20).max(300), password: Password }),
  responses: { 204: nothing, 410: problem('link-expired') },
})
export const verifyEmail = endpoint({
  method: 'POST',
  path: '/api/auth/verify-email',
  summary: 'Confirm an address by a mailed token',
  access: ['anyone'],
  limit: 'auth',
  body: z.object({ token: z.string().min(20).max(300) }),
  responses: { 204: nothing, 410: problem('link-expired') },
})
