import { z } from 'zod'

const Cursor = z.tuple([z.iso.datetime({ offset: true }), z.uuid()])

/** Where a page of dead letters ended. */
export type LetterPlace = { diedAt: string; eventId: string }

export const writeLetterCursor = ({ diedAt, eventId }: LetterPlace): string =>
  Buffer.from(JSON.stringify([diedAt, eventId])).toString('base64url')

/** Undefined for text that is no such cursor. */
export function readLetterCursor(text: string): LetterPlace | undefined {
  try {
    const [diedAt, eventId] = Cursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString()))
    return { diedAt, eventId }
  } catch {
    // A cursor is whatever a client sends.
    return undefined
  }
}
