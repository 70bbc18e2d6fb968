import { identityContract } from '@marquee/contracts/identity'
import { every } from '@marquee/kit/events'
import { defineService } from '@marquee/kit/service'
import { identityConfig } from './config.ts'
import { createLockout } from './lockout.ts'
import { createLogIn } from './log-in.ts'
import { createMe } from './me.ts'
import { onTheaterPeople } from './on-theater-people.ts'
import { createOneTimeLinks } from './one-time-links.ts'
import { createSessions } from './open-session.ts'
import { createPasswordHashing } from './password-hashing.ts'
import { createPasswords } from './passwords.ts'
import { createRefreshSession } from './refresh-session.ts'
import { createRegister } from './register.ts'
import { createRoutes } from './routes.ts'
import { createSecondFactor } from './second-factor.ts'
import { createSeedUsers } from './seed-users.ts'
import { forgetOldSessions } from './session-store.ts'
import { loadSigningKeys } from './signing-keys.ts'

export const identity = defineService({
  name: 'identity',
  contract: identityContract,
  config: identityConfig,
  migrations: new URL('../migrations/', import.meta.url),
  start: async ({ config, db, events, ids }) => {
    const keys = await loadSigningKeys(db, config.keyDays)
    const hashing = createPasswordHashing()
    const sessions = createSessions({
      keys,
      ids,
      accessMinutes: config.accessMinutes,
      sessionDays: config.sessionDays,
    })
    const links = createOneTimeLinks({ events, ids, linkMinutes: config.linkMinutes })
    const secondFactor = createSecondFactor({ secret: ids.secret })
    const lockout = createLockout({ db, failuresAllowed: config.failuresAllowed })
    return {
      implementation: createRoutes({
        db,
        keys,
        register: createRegister({ db, hashing, sessions, links, events, ids }),
        logIn: createLogIn({ db, hashing, lockout, sessions, secondFactor }),
        refresh: createRefreshSession({ db, sessions, graceSeconds: config.graceSeconds }),
        passwords: createPasswords({ db, hashing, links, lockout }),
        me: createMe({ db, events, secondFactor }),
        secondFactor,
        seedUsers: createSeedUsers({ db, hashing, events, ids }),
      }),
      subscriptions: [onTheaterPeople()],
      jobs: [
        every('forget-old-sessions', { milliseconds: 600_000 }, () => db.transaction(forgetOldSessions)),
      ],
    }
  },
})
