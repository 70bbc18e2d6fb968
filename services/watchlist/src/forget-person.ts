import type { DocumentStore } from '@marquee/kit/documents'
import type { Database } from '@marquee/kit/sql'
import { isErased } from './erased-store.ts'
import { forgetMove } from './moved-store.ts'
import type { Home, Wish } from './wishes.ts'

type Kept = { db: Database; wishes: DocumentStore<Wish>; homes: DocumentStore<Home> }

const atOnce = 200

/** Takes away all that is kept of a person. Safe to repeat, and taken up where it was interrupted. */
export function createForgetPerson({ db, wishes, homes }: Kept) {
  return async (userId: string): Promise<void> => {
    for (;;) {
      const { items } = await wishes.find({ where: { userId }, limit: atOnce })
      for (const { id } of items) await wishes.delete(id)
      if (items.length === 0) break
    }
    await homes.delete(userId)
    await forgetMove(db, userId)
  }
}
export type ForgetPerson = ReturnType<typeof createForgetPerson>

/**
 * To be called once something of a person's is written: whoever was erased meanwhile is forgotten again. An erasure is
 * noted before it looks for what there is, so one of the two finds it.
 */
export function createHeedErasure({ db, forgetPerson }: { db: Database; forgetPerson: ForgetPerson }) {
  return async (userId: string): Promise<void> => {
    if (await isErased(db, userId)) await forgetPerson(userId)
  }
}
export type HeedErasure = ReturnType<typeof createHeedErasure>
