import { randomUUIDv7 } from 'node:crypto'
import { accountMailRequested } from '@marquee/contracts/identity'
import { anonymous, type BootOptions, bootService, person } from '@marquee/kit/testing'
import { identity } from '../src/index.ts'

export const password = 'correct horse battery'

/** Identity with people who come, forget their passwords and read their mail. */
export async function openStage(options: BootOptions = {}) {
  const booted = await bootService(identity, options)
  const mailTo = async (userId: string, kind: string) =>
    (await booted.published(accountMailRequested)).filter(
      (mail) => mail.userId === userId && mail.kind === kind,
    ) as { token: string }[]
  return {
    ...booted,
    mailTo,
    async newPerson(name = 'Zoë Müller') {
      const email = `p-${randomUUIDv7()}@example.org`
      const session = await booted.as(anonymous).register({ email, password, name, session: 'token' })
      return { email, session, me: person(session.user.id), refreshToken: session.refreshToken ?? '' }
    },
    logIn: (email: string, given = password) =>
      booted.as(anonymous).attempt.login({ email, password: given, session: 'token' }),
    refresh: (refreshToken: string) => booted.as(anonymous).attempt.refresh({ refreshToken }),
    async forgot(email: string) {
      await booted.as(anonymous).forgotPassword({ email })
      await booted.runJob('mail-reset-links')
    },
    reset: (token = '', to = 'a whole new password') =>
      booted.as(anonymous).attempt.resetPassword({ token, password: to }),
  }
}
export type Stage = Awaited<ReturnType<typeof openStage>>
