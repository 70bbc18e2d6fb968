import type { reviewsContract } from '@marquee/contracts/reviews'
import { type Handlers, reply } from '@marquee/kit/contract'
import { myId } from '../part.ts'
import type { BelongingsView } from './belongings-view.ts'
import type { GesturesView } from './gestures-view.ts'
import { imdbRatings, imdbWatchlist } from './write/imdb.ts'
import { letterboxdZip } from './write/letterboxd.ts'

type Names = 'exportLetterboxd' | 'exportImdb' | 'exportImdbWatchlist' | 'exportCommunity'

export function createExportRoutes(
  belongingsOf: BelongingsView,
  gesturesOf: GesturesView,
): Pick<Handlers<(typeof reviewsContract)['endpoints']>, Names> {
  return {
    async exportLetterboxd(_input, request) {
      const { rows } = await belongingsOf(myId(request), request.caller)
      return reply(200, Buffer.from(letterboxdZip(rows)), download('marquee-letterboxd.zip'))
    },
    async exportImdb(_input, request) {
      const { rows } = await belongingsOf(myId(request), request.caller)
      return reply(200, imdbRatings(rows), download('marquee-imdb-ratings.csv'))
    },
    async exportImdbWatchlist(_input, request) {
      const { rows } = await belongingsOf(myId(request), request.caller)
      return reply(200, imdbWatchlist(rows), download('marquee-imdb-watchlist.csv'))
    },
    async exportCommunity(_input, request) {
      const [{ rows, comments }, gestures] = await Promise.all([
        belongingsOf(myId(request), request.caller),
        gesturesOf(myId(request), request.caller),
      ])
      const file = {
        format: 'marquee-community',
        rows: rows.map(({ film, fact }) => ({ film, fact })),
        comments,
        ...gestures,
      }
      return reply(200, JSON.stringify(file, null, 1), download('marquee-community.json'))
    },
  }
}

const download = (name: string) => ({
  headers: { 'content-disposition': `attachment; filename="${name}"`, 'cache-control': 'no-store' },
})
