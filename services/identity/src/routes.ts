import { identityContract } from '@marquee/contracts/identity'
import { type CallRequest, expectedVersion, fail, implement, reply } from '@marquee/kit/contract'
import type { Database } from '@marquee/kit/sql'
import { copyPeople, findPeople, listRevocations } from './directory-view.ts'
import type { EndSessions } from './end-sessions.ts'
import type { createEraseMe } from './erase-me.ts'
import type { createExportMe } from './export-me.ts'
import type { createFindUsersWithPassword } from './find-users-with-password.ts'
import type { createLogIn } from './log-in.ts'
import type { Me } from './me.ts'
import type { Judgement, Passwords } from './passwords.ts'
import type { createRefreshSession } from './refresh-session.ts'
import type { createRegister } from './register.ts'
import type { SecondFactor } from './second-factor.ts'
import { hashOf } from './secret-tokens.ts'
import type { createSeedUsers } from './seed-users.ts'
import { sessionOf } from './session-store.ts'
import type { SigningKeys } from './signing-keys.ts'
import { findById } from './user-store.ts'

export type RoutesDeps = {
  db: Database
  keys: SigningKeys
  register: ReturnType<typeof createRegister>
  logIn: ReturnType<typeof createLogIn>
  refresh: ReturnType<typeof createRefreshSession>
  endSessions: EndSessions
  passwords: Passwords
  me: Me
  eraseMe: ReturnType<typeof createEraseMe>
  exportMe: ReturnType<typeof createExportMe>
  secondFactor: SecondFactor
  findUsersWithPassword: ReturnType<typeof createFindUsersWithPassword>
  seedUsers: ReturnType<typeof createSeedUsers>
}

const myId = ({ caller }: CallRequest): string => {
  if (!caller.userId) throw new Error('a person was let in without an id')
  return caller.userId
}

const lockedOut = (retryAfterSeconds: number) =>
  fail('locked-out', { retryAfterSeconds }, `Too many wrong passwords; try again in ${retryAfterSeconds} s`, {
    'retry-after': String(retryAfterSeconds),
  })

const refused = (judgement: Exclude<Judgement, 'right'>) =>
  judgement === 'wrong' ? fail('wrong-password') : lockedOut(judgement.waitSeconds)

export function createRoutes({
  db,
  keys,
  register,
  logIn,
  refresh,
  endSessions,
  passwords,
  me,
  eraseMe,
  exportMe,
  secondFactor,
  findUsersWithPassword,
  seedUsers,
}: RoutesDeps) {
  return implement(identityContract, {
    handlers: {
      register: async (wish) => {
        const outcome = await register(wish)
        return outcome.ok ? outcome.session : fail(outcome.code)
      },
      login: async ({ email, password, code }, { caller }) => {
        const outcome = await logIn({
          email,
          password,
          ...(code ? { code: code.replaceAll(' ', '') } : {}),
          ...(caller.network ? { network: caller.network } : {}),
        })
        if (outcome.ok) return outcome.session
        return outcome.code === 'locked-out' ? lockedOut(outcome.retryAfterSeconds) : fail(outcome.code)
      },
      refresh: async ({ refreshToken }) => {
        const outcome = refreshToken
          ? await refresh(refreshToken)
          : { ok: false as const, code: 'session-ended' as const }
        return outcome.ok ? outcome.session : fail(outcome.code)
      },
      logout: async ({ refreshToken }, { caller }) => {
        await db.transaction(async (tx) => {
          if (caller.sessionId) await endSessions(tx, { sessionId: caller.sessionId })
          const sessionId = refreshToken ? await sessionOf(tx, hashOf(refreshToken)) : undefined
          if (sessionId) await endSessions(tx, { sessionId })
        })
        return reply(204, undefined)
      },
      logoutEverywhere: async (_input, request) => {
        await db.transaction((tx) => endSessions(tx, { userId: myId(request) }))
        return reply(204, undefined)
      },
      jwks: () => keys.jwks(),
      forgotPassword: async ({ email }) => {
        await passwords.forgot(email)
        return { sent: true as const }
      },
      resetPassword: async ({ token, password }) =>
        (await passwords.reset(token, password)) ? reply(204, undefined) : fail('link-expired'),
      verifyEmail: async ({ token }) =>
        (await passwords.verifyEmail(token)) ? reply(204, undefined) : fail('link-expired'),
      getMe: async (_input, request) => (await me.read(myId(request))) ?? fail('unauthenticated'),
      updateMe: async (change, request) => {
        const outcome = await me.update(myId(request), change, expectedVersion(request))
        return outcome.ok ? outcome.me : fail(outcome.code)
      },
      changePassword: async ({ current, password }, request) => {
        const { sessionId } = request.caller
        const judgement = await passwords.change(myId(request), sessionId, current, password)
        return judgement === 'right' ? reply(204, undefined) : refused(judgement)
      },
      exportMe: async (_input, request) =>
        (await exportMe(request.caller, myId(request))) ?? fail('unauthenticated'),
      eraseMe: async ({ password }, request) => {
        const judgement = await passwords.judge(myId(request), password)
        if (judgement !== 'right') return refused(judgement)
        const outcome = await eraseMe(myId(request))
        if (outcome.ok) return reply(204, undefined)
        return outcome.code === 'last-owner'
          ? fail(outcome.code, { theaters: outcome.theaters }, 'Nobody else owns these theaters')
          : fail(outcome.code)
      },
      listFactors: (_input, request) => secondFactor.list(db, myId(request)),
      startTotp: async (_input, request) => {
        const started = await db.transaction(async (tx) => {
          const user = await findById(tx, myId(request))
          return user ? secondFactor.start(tx, user) : undefined
        })
        return (
          started ?? fail('conflict', undefined, 'An authenticator app is there already; remove it first')
        )
      },
      confirmTotp: async ({ code }, request) => {
        const recoveryCodes = await db.transaction((tx) =>
          secondFactor.confirm(tx, myId(request), code.replaceAll(' ', '')),
        )
        return recoveryCodes ? { recoveryCodes } : fail('wrong-code')
      },
      removeTotp: async ({ password }, request) => {
        const judgement = await passwords.judge(myId(request), password)
        if (judgement !== 'right') return refused(judgement)
        await db.transaction((tx) => secondFactor.remove(tx, myId(request)))
        return reply(204, undefined)
      },
      listRevocations: ({ after }) => listRevocations(db, after),
      findUsers: async ({ ids, emails }) => ({ items: await findPeople(db, ids, emails) }),
      copyUsers: async ({ after, limit }) => ({ items: await copyPeople(db, after, limit) }),
      findUsersWithPassword: async ({ emails, password }) => ({
        emails: await findUsersWithPassword(emails, password),
      }),
      seedUsers: async ({ users }) => ({ items: await seedUsers(users) }),
    },
  })
}
