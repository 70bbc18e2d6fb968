import { contract, endpoint, event, group, nothing, problem } from '@marquee/kit/contract'
import { z } from 'zod'
import { Email, Instant, TheaterId, TheaterRole, text, UserId } from './common.ts'
import { theaterPeopleChanged } from './theater-events.ts'

export const Password = z.string().min(10, 'must have at least 10 characters').max(200)
export const PersonName = text(80)
export const Handle = z.string().regex(/^[a-z0-9_]{3,30}$/, 'must be 3 to 30 lower-case letters, digits or _')
export const Preferences = z.object({
  theme: z.enum(['system', 'dark', 'light']).default('system'),
  language: z.string().max(10).default('en'),
})
export const User = z.object({
  id: UserId,
  email: Email,
  name: z.string(),
  handle: z.string(),
  roles: z.array(z.enum(['user', 'staff', 'owner', 'admin'])),
  preferences: Preferences,
  emailVerified: z.boolean(),
  version: z.int(),
})
export const Me = User.extend({
  /** The theaters this person works for. */
  theaters: z.array(z.object({ id: TheaterId, name: z.string(), role: TheaterRole })),
})
const SessionKind = z.enum(['cookie', 'token']).default('cookie')
export const Session = z.object({
  user: User,
  accessToken: z.string(),
  /** Seconds until the access token ends. */
  expiresIn: z.int(),
  /** Only with `"session": "token"`. */
  refreshToken: z.string().optional(),
})

const lockedOut = problem('locked-out', { retryAfterSeconds: z.int() })

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
export const getMe = endpoint({
  method: 'GET',
  path: '/api/me',
  summary: 'Who I am',
  access: ['user'],
  responses: { 200: Me },
})
export const updateMe = endpoint({
  method: 'PATCH',
  path: '/api/me',
  summary: 'Change my name, handle or preferences',
  access: ['user'],
  body: z.object({
    name: PersonName.optional(),
    handle: Handle.optional(),
    preferences: z
      .object({
        theme: z.enum(['system', 'dark', 'light']).optional(),
        language: z.string().max(10).optional(),
      })
      .optional(),
  }),
  responses: { 200: Me, 409: problem('handle-taken') },
})
export const changePassword = endpoint({
  method: 'PUT',
  path: '/api/me/password',
  summary: 'Change my password; ends my other sessions',
  access: ['user'],
  limit: 'auth',
  body: z.object({ current: z.string().min(1).max(200), password: Password }),
  responses: { 204: nothing, 403: problem('wrong-password'), 429: lockedOut },
})
export const exportMe = endpoint({
  method: 'GET',
  path: '/api/me/export',
  summary: 'Everything kept about me',
  access: ['user'],
  limit: 'import',
  timeoutMs: 60_000,
  responses: {
    200: z.looseObject({
      user: User,
      /** Each as the service that keeps it shows it; null when it did not answer. */
      orders: z.array(z.unknown()).nullable(),
      notifications: z.array(z.unknown()).nullable(),
      community: z.unknown(),
      watchlist: z.array(z.unknown()).nullable(),
      /** The parts that are null, and the problem codes of why. */
      missing: z.array(z.object({ part: z.string(), reason: z.string() })),
    }),
  },
})
export const eraseMe = endpoint({
  method: 'DELETE',
  path: '/api/me',
  summary: 'Erase me; orders stay, anonymised, for the books',
  access: ['user'],
  limit: 'auth',
  body: z.object({ password: z.string().min(1).max(200) }),
  responses: { 204: nothing, 403: problem('wrong-password'), 429: lockedOut },
})
export const listFactors = endpoint({
  method: 'GET',
  path: '/api/me/factors',
  summary: 'My second factors',
  access: ['user'],
  responses: { 200: z.object({ items: z.array(z.object({ kind: z.literal('totp'), addedAt: Instant })) }) },
})
export const startTotp = endpoint({
  method: 'POST',
  path: '/api/me/factors/totp',
  summary: 'Begin adding an authenticator app',
  access: ['user'],
  responses: { 201: z.object({ uri: z.string(), secret: z.string() }) },
})
export const confirmTotp = endpoint({
  method: 'POST',
  path: '/api/me/factors/totp/confirm',
  summary: 'Finish adding it with a first code; gives recovery codes once',
  access: ['user'],
  limit: 'auth',
  body: z.object({
    code: z
      .string()
      .max(20)
      .regex(/^ *(\d *){6}$/, 'must be six digits'),
  }),
  responses: { 200: z.object({ recoveryCodes: z.array(z.string()) }), 403: problem('wrong-code') },
})
export const removeTotp = endpoint({
  method: 'DELETE',
  path: '/api/me/factors/totp',
  summary: 'Remove the authenticator app',
  access: ['user'],
  limit: 'auth',
  body: z.object({ password: z.string().min(1).max(200) }),
  responses: { 204: nothing, 403: problem('wrong-password'), 429: lockedOut },
})

/** For the gateway: what ended since, so that tokens of ended sessions stop within two seconds. */
export const listRevocations = endpoint({
  method: 'GET',
  path: '/internal/identity/revocations',
  summary: 'Sessions ended after a point',
  access: ['service'],
  query: z.object({ after: z.coerce.number().int().min(0).default(0) }),
  responses: { 200: z.object({ items: z.array(z.object({ sessionId: z.string() })), last: z.int() }) },
})
/** The live signal that says the same at once, for gateways that hear it. */
export const sessionsEnded = {
  topic: 'identity.sessions-ended',
  payload: z.object({ sessionIds: z.array(z.string()) }),
}
export const findUsers = endpoint({
  method: 'POST',
  path: '/internal/identity/users',
  summary: 'Names and addresses by id or address',
  access: ['service'],
  body: z.object({
    ids: z.array(UserId).max(1000).default([]),
    emails: z.array(Email).max(1000).default([]),
  }),
  responses: {
    200: z.object({
      items: z.array(z.object({ id: UserId, email: Email, name: z.string(), handle: z.string() })),
    }),
  },
})
/** For services whose copies of names begin later than the accounts did: by id, without the erased. */
export const copyUsers = endpoint({
  method: 'GET',
  path: '/internal/identity/copies',
  summary: 'Names and handles as events tell of them',
  access: ['service'],
  query: z.object({
    after: UserId.optional(),
    limit: z.coerce.number().int().min(1).max(1000).default(1000),
  }),
  responses: {
    200: z.object({
      items: z.array(
        z.object({ id: UserId, version: z.int(), name: z.string(), handle: z.string(), joinedAt: Instant }),
      ),
    }),
  },
})
export const seedUsers = endpoint({
  method: 'POST',
  path: '/internal/identity/seed',
  summary: 'Create demo accounts that do not exist yet',
  access: ['service'],
  body: z.object({
    users: z.array(
      z.object({
        email: Email,
        password: z.string(),
        name: PersonName,
        handle: Handle,
        admin: z.boolean().default(false),
      }),
    ),
  }),
  responses: { 200: z.object({ items: z.array(z.object({ id: UserId, email: Email })) }) },
})

export const userRegistered = event(
  'user.registered.v1',
  z.object({ userId: UserId, email: Email, name: z.string(), handle: z.string() }),
)
export const userUpdated = event(
  'user.updated.v1',
  z.object({ userId: UserId, name: z.string(), handle: z.string() }),
)
export const userErased = event('user.erased.v1', z.object({ userId: UserId }))
/** Asks for a mail with a one-time link; the token itself never rests outside identity and this event. */
export const accountMailRequested = event(
  'user.mail-requested.v1',
  z.object({
    userId: UserId,
    kind: z.enum(['verify-email', 'reset-password', 'password-changed', 'email-already-registered']),
    email: Email,
    name: z.string(),
    token: z.string().optional(),
  }),
)

export const theaterPeopleGroup = group('identity.theater-people', [theaterPeopleChanged])

export const identityContract = contract('identity', {
  endpoints: {
    register,
    login,
    refresh,
    logout,
    logoutEverywhere,
    jwks,
    forgotPassword,
    resetPassword,
    verifyEmail,
    getMe,
    updateMe,
    changePassword,
    exportMe,
    eraseMe,
    listFactors,
    startTotp,
    confirmTotp,
    removeTotp,
    listRevocations,
    findUsers,
    copyUsers,
    seedUsers,
  },
  events: [userRegistered, userUpdated, userErased, accountMailRequested],
  groups: [theaterPeopleGroup],
})
