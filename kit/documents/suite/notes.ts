import { z } from 'zod'
import { event } from '../../contract/index.ts'
import type { Envelope } from '../../events/index.ts'
import { collection, type Document, type Documents, tell } from '../index.ts'

/** An adapter on an engine that is this test's own. */
export type SuiteEngine = {
  /** As another process would open it: what it gives shares nothing with the one before but the engine. */
  open: () => Documents
  /** Carries what the writes told so far to the bus, and gives it. */
  relay: () => Promise<Envelope[]>
  /** What the adapter does now and then by itself. */
  tidy: () => Promise<void>
  close: () => Promise<void>
}

export const Note = z.object({
  topic: z.string().max(100),
  author: z.string().max(100),
  text: z.string(),
  stars: z.number().nullable().default(null),
  likes: z.int().default(0),
  tags: z.array(z.string()).default([]),
  hidden: z.boolean().default(false),
  at: z.string(),
})
export type Fields = z.output<typeof Note>

export const notes = collection({
  name: 'suite-notes',
  schema: Note,
  indexes: [
    { name: 'once-per-author', fields: ['author', 'topic'], unique: true },
    { name: 'by-topic', fields: ['topic', '-at'] },
    { name: 'best', fields: ['topic', '-likes', 'at'], where: { hidden: false } },
    { name: 'by-stars', fields: ['stars'] },
    { name: 'by-tag', fields: ['tags[]'] },
  ],
})

export const noteSaid = event('note.said.v1', z.object({ id: z.string(), text: z.string() }))
export const noteGone = event('note.gone.v1', z.object({ id: z.string() }))

export const saying = ({ id, text }: Document<Fields>) => [tell(noteSaid, { id, text })]
export const leaving = ({ id }: Document<Fields>) => [tell(noteGone, { id })]

export const note = (id: string, more: Partial<Fields> = {}): Fields & { id: string } => ({
  ...Note.parse({ topic: 'sea', author: `author of ${id}`, text: `about ${id}`, at: '2026-11-21T10:00:00Z' }),
  ...more,
  id,
})
