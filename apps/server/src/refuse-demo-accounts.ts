import { identityContract } from '@marquee/contracts/identity'
import { demoAccounts, demoPassword } from './demo-accounts.ts'
import { Fatal } from './fatal.ts'
import type { OpenHost } from './open-host.ts'
import type { Settings } from './settings.ts'

/** Throws `Fatal` in production on data that were a demo's, while an account still has the password everybody knows. */
export async function refuseDemoAccounts({ host }: OpenHost, { production }: Settings): Promise<void> {
  if (!production || !host.services.some(({ name }) => name === identityContract.name)) return
  const { emails } = await host
    .connectAs('server')(identityContract)
    .asService()
    .findUsersWithPassword({ emails: demoAccounts.map(({ email }) => email), password: demoPassword })
  if (emails.length === 0) return
  throw new Fatal(
    'demo-accounts',
    `everybody knows the password of ${emails.join(', ')}, left from a demo: start with MARQUEE_DEMO=0 and without NODE_ENV=production, log in as each and change it on /account, or choose other data with MARQUEE_DATA or DATABASE_URL`,
  )
}
