import type { FastifyInstance } from 'fastify'
import type { LastWord } from './last-word.ts'

/** What a listener's parts know of it together. */
export type Door = {
  /** It is about to close: nobody should begin anything new here. */
  draining: boolean
  sockets: Set<{ close(code: number, reason: string): void }>
  /** Where a request may become one of them. */
  socketPaths: Set<string>
  /** Said last in the head of every answer, in turn. */
  lastWords: LastWord[]
  /** Stands in the head of every answer that does not say otherwise. */
  standing: Record<string, string>
}

const doors = new WeakMap<object, Door>()

/** The door of an application, whichever of its scopes asks. */
export function doorOf({ server }: Pick<FastifyInstance, 'server'>): Door {
  const known = doors.get(server)
  if (known) return known
  const door: Door = {
    draining: false,
    sockets: new Set(),
    socketPaths: new Set(),
    lastWords: [],
    standing: {},
  }
  doors.set(server, door)
  return door
}

/** Whether an application is about to close, for its readiness check. */
export const isDraining = (app: Pick<FastifyInstance, 'server'>): boolean => doorOf(app).draining
