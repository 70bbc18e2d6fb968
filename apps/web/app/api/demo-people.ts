import type { Answer } from './browser.ts'
import { logIn } from './log-in.ts'

export const demoPeople = {
  alice: 'alice@marquee.example',
  usher: 'staff@marquee.example',
  owner: 'owner@marquee.example',
} as const
export type DemoPerson = keyof typeof demoPeople

/** Logs in as somebody of the demo and loads the page as them; stays where it is when that failed. */
export async function becomeDemoPerson(person: DemoPerson): Promise<Answer<unknown>> {
  const answer = await logIn(demoPeople[person], 'marquee-demo')
  if (answer.ok) window.location.reload()
  return answer
}
