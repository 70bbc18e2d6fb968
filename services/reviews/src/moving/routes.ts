import type { reviewsContract } from '@marquee/contracts/reviews'
import { badCursor, fail, type Handlers, invalid, reply } from '@marquee/kit/contract'
import type { Database } from '@marquee/kit/sql'
import type { FilmCopy } from '../film-copy.ts'
import { myId } from '../part.ts'
import { findPeople } from '../people-store.ts'
import { insertImport, leaveOutTheRest, settleFilms } from './import-store.ts'
import { findImport, findRunningImport, listFilms, listImportsOf } from './import-view.ts'
import type { Unreadable } from './read/fact.ts'
import { readUpload } from './upload.ts'

type Names = 'startImport' | 'listImports' | 'getImport' | 'listImportFilms' | 'settleImport'
type Deps = { db: Database; films: FilmCopy; newId: () => string }

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export function createImportRoutes({
  db,
  films,
  newId,
}: Deps): Pick<Handlers<(typeof reviewsContract)['endpoints']>, Names> {
  return {
    async startImport(_input, request) {
      const userId = myId(request)
      const upload = await readUpload(request.headers['content-type'], request.rawBody ?? Buffer.alloc(0))
      if (!upload.ok) return unreadable(upload)
      if (upload.bytes.length === 0)
        return unreadable({ ok: false, reason: 'empty', detail: 'The file is empty.' })
      const id = newId()
      const { fileName, bytes } = upload
      for (;;) {
        const file = { id, userId, fileName, bytes }
        if (await db.transaction((tx) => insertImport(tx, file))) return reply(202, { id })
        const running = await findRunningImport(db, userId)
        // It may have ended in between; then there is room for this one.
        if (running) return fail('import-running', { importId: running })
        if ((await findPeople(db, [userId])).get(userId)?.erased) return fail('unauthenticated')
      }
    },

    async listImports({ cursor, limit }, request) {
      if (cursor !== undefined && !uuid.test(cursor)) return badCursor()
      return listImportsOf(db, { userId: myId(request), before: cursor, limit })
    },

    async getImport({ importId }) {
      return (await findImport(db, films, importId)) ?? fail('not-found')
    },

    async listImportFilms(wish) {
      return (await listFilms(db, films, wish)) ?? badCursor()
    },

    async settleImport({ importId, matches, rest }) {
      const ids = matches.flatMap(({ movieId }) => movieId ?? [])
      const known = await films.find(ids)
      const strange = matches.findIndex(({ movieId }) => movieId !== null && !known.has(movieId))
      if (strange >= 0)
        return invalid([{ path: `matches.${strange}.movieId`, message: 'is no film of ours' }])
      const settled = await db.transaction(async (tx) => {
        const known = await settleFilms(tx, importId, matches)
        if (known && rest) await leaveOutTheRest(tx, importId)
        return known
      })
      if (!settled)
        return invalid([{ path: 'matches', message: 'names a film that this import does not have' }])
      return (await findImport(db, films, importId)) ?? fail('not-found')
    },
  }
}

const unreadable = ({ reason, detail }: Unreadable) => fail('unreadable-import', { reason }, detail)
