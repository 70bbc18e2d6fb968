import { forgetOffline } from '../util/offline.ts'
import { forgetDrafts } from '../util/use-draft.ts'
import { type Answer, send } from './browser.ts'
import type { Me } from './types.ts'

export const logIn = (email: string, password: string) =>
  send<{ user: Me }>('POST', '/api/auth/login', { body: { email, password } })

/** Ends this browser's session and loads the first page as a guest; stays where it is when the session could not be ended. */
export async function logOut(): Promise<Answer<unknown>> {
  const answer = await send('POST', '/api/auth/logout')
  if (answer.ok || answer.status === 401) {
    forgetDrafts()
    await forgetOffline()
    window.location.assign('/')
  }
  return answer
}
