import { type Caller, laterSeen, readSeen, seenHeader, seenUnknown } from '@marquee/kit/contract'
import { sayLast } from '@marquee/kit/http'
import type { FastifyInstance } from 'fastify'
import type { Cookies } from './cookies.ts'

/**
 * What somebody has seen, by their own word: a browser's cookie, a program's header. Who is nobody in particular
 * without either has changed nothing; a person without either may have, from elsewhere.
 */
export function seenBy(caller: Caller, given: readonly (string | undefined)[]): string | undefined {
  const marks = given.filter((mark) => mark !== undefined && mark !== '')
  if (marks.some((mark) => mark !== undefined && readSeen(mark) === undefined)) return undefined
  const seen = marks.reduce(laterSeen, undefined)
  return caller.kind === 'anonymous' ? (seen ?? '') : seen
}

/** Gives browsers the mark that an answer carries, never an older one than they came with. */
export function carrySeen(app: FastifyInstance, cookies: Cookies): void {
  // Of two changes sent at once the answers may meet here in any order; each mark covers those before it.
  let latest: string | undefined
  sayLast(app, (request, reply) => {
    const given = reply.getHeader(seenHeader)
    // Who was turned away at the door was not asked who they are.
    const caller: Caller | undefined = request.caller
    // What became of a change without a proper answer, nobody knows.
    const isAsked = Boolean(latest ?? caller?.seen)
    const isLost = isAsked && reply.statusCode >= 500 && request.method !== 'GET' && request.method !== 'HEAD'
    if (isLost) {
      reply.header('set-cookie', cookies.seen(seenUnknown)).header(seenHeader, seenUnknown)
    } else if (typeof given === 'string') {
      if (given !== seenUnknown) latest = laterSeen(latest, given)
      const mark = given === seenUnknown ? given : (laterSeen(latest, caller?.seen) ?? given)
      reply.header('set-cookie', cookies.seen(mark)).header(seenHeader, mark)
    }
  })
}
