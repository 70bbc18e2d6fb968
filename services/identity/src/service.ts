import { bookingContract } from '@marquee/contracts/booking'
import { identityContract } from '@marquee/contracts/identity'
import { notificationsContract } from '@marquee/contracts/notifications'
import { reviewsContract } from '@marquee/contracts/reviews'
import { theatersContract } from '@marquee/contracts/theaters'
import { watchlistContract } from '@marquee/contracts/watchlist'
import { every } from '@marquee/kit/events'
import { defineService } from '@marquee/kit/service'
import { identityConfig } from './config.ts'
import { createEndSessions } from './end-sessions.ts'
import { createEraseMe } from './erase-me.ts'
import { createExportMe } from './export-me.ts'
import { createFindUsersWithPassword } from './find-users-with-password.ts'
import { createLockout } from './lockout.ts'
import { createLogIn } from './log-in.ts'
import { createMailResetLinks } from './mail-reset-links.ts'
import { createMe } from './me.ts'
import { onTheaterPeople } from './on-theater-people.ts'
import { createOneTimeLinks } from './one-time-links.ts'
import { createSessions } from './open-session.ts'
import { createPasswordHashing } from './password-hashing.ts'
import { createPasswords } from './passwords.ts'
import { createRefreshSession } from './refresh-session.ts'
import { createRegister } from './register.ts'
import { forgetRequests } from './reset-request-store.ts'
import { createRoutes } from './routes.ts'
import { createSecondFactor } from './second-factor.ts'
import { createSeedUsers } from './seed-users.ts'
import { forgetOldSessions, forgetSuccessors } from './session-store.ts'
import { loadSigningKeys } from './signing-keys.ts'

export const identity = defineService({
  name: 'identity',
  contract: identityContract,
  config: identityConfig,
  migrations: new URL('../migrations/', import.meta.url),
  start: async ({ config, db, events, live, ids, clock, connect }) => {
    const keys = await loadSigningKeys({ db, keyDays: config.keyDays, now: clock.now })
    const hashing = createPasswordHashing()
    const sessions = createSessions({
      keys,
      ids,
      accessMinutes: config.accessMinutes,
      sessionDays: config.sessionDays,
    })
    const links = createOneTimeLinks({ events, ids, linkMinutes: config.linkMinutes })
    const secondFactor = createSecondFactor({ secret: ids.secret })
    const lockout = createLockout({ db, rules: config })
    const endSessions = createEndSessions({ live })
    const mailsAnHour = () => config.resetMailsAnHour
    const me = createMe({ db, events })
    const neighbours = {
      booking: connect(bookingContract),
      notifications: connect(notificationsContract),
      reviews: connect(reviewsContract),
      watchlist: connect(watchlistContract),
    }
    return {
      implementation: createRoutes({
        db,
        keys,
        register: createRegister({ db, hashing, sessions, links, events, ids, mailsAnHour }),
        logIn: createLogIn({ db, hashing, lockout, sessions, secondFactor }),
        refresh: createRefreshSession({ db, sessions, endSessions, graceSeconds: config.graceSeconds }),
        endSessions,
        passwords: createPasswords({ db, hashing, links, lockout, ids, endSessions }),
        me,
        eraseMe: createEraseMe({ db, events, endSessions, theaters: connect(theatersContract) }),
        exportMe: createExportMe({ db, me, neighbours }),
        secondFactor,
        findUsersWithPassword: createFindUsersWithPassword({ db, hashing }),
        seedUsers: createSeedUsers({ db, hashing, events, ids }),
      }),
      subscriptions: [onTheaterPeople()],
      jobs: [
        every('mail-reset-links', { milliseconds: 500 }, createMailResetLinks({ db, links, mailsAnHour })),
        every('reload-signing-keys', { milliseconds: 60_000, everywhere: true }, keys.reload),
        every('rotate-signing-keys', { milliseconds: 600_000 }, keys.rotate),
        every('forget-successors', { milliseconds: 5_000 }, () =>
          db.transaction((tx) => forgetSuccessors(tx, config.graceSeconds)),
        ),
        every('forget-old-sessions', { milliseconds: 600_000 }, () => db.transaction(forgetOldSessions)),
        every('forget-reset-requests', { milliseconds: 600_000 }, () => db.transaction(forgetRequests)),
      ],
    }
  },
})
