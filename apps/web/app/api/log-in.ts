import { send } from './browser.ts'
import type { Me } from './types.ts'

export const logIn = (email: string, password: string) =>
  send<{ user: Me }>('POST', '/api/auth/login', { body: { email, password } })

/** Ends this browser's session and loads the page again as a guest. */
export async function logOut(): Promise<void> {
  await send('POST', '/api/auth/logout')
  window.location.assign('/')
}
