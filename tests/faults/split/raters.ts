import { made } from '../../harness/house.ts'
import { type History, judge, untouched } from '../ratings-history.ts'
import type { Stage } from './stage.ts'

/** One person's stars for one film, and whether an answer is owed for the last that was sent. */
type Pair = { rater: number; movieId: string; history: History; doubtful: boolean }

export type Raters = {
  /** Rates on and on until told that it is enough. */
  rate: (enough: () => boolean) => Promise<void>
  acknowledged: () => number
  unanswered: () => number
  /** Reads every rating back; what stands is what counts from here. */
  check: () => Promise<string[]>
}

const lines = 3

/** People who rate while all else happens. A request without an answer leaves its pair alone until the next check. */
export function createRaters(stage: Stage): Raters {
  const { random, films } = stage
  const pairs: Pair[] = stage.raters.flatMap((_, rater) =>
    films.map((movieId) => ({ rater, movieId, history: untouched(), doubtful: false })),
  )
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)]
  let acknowledged = 0
  let unanswered = 0

  async function rateOne(mine: readonly Pair[]): Promise<void> {
    const pair = pick(mine.filter(({ doubtful }) => !doubtful))
    if (!pair) return stage.crowd.pause()
    const half = Math.floor(random() * 11)
    const stars = half === 0 ? null : half / 2
    const who = stage.raters[pair.rater]
    const path = `/api/movies/${pair.movieId}/rating`
    pair.history.unanswered = stars
    const asked = stars === null ? who?.('DELETE', path) : who?.('PUT', path, { body: { stars } })
    const answer = await asked?.catch(() => undefined)
    if (answer && answer.status < 300) {
      acknowledged += 1
      pair.history = { acknowledged: stars, unanswered: undefined }
      return
    }
    if (answer && answer.status < 500 && answer.status !== 429)
      throw new Error(`a good rating was refused: ${answer.status} ${answer.text}`)
    unanswered += 1
    pair.doubtful = true
    await stage.crowd.pause()
  }

  async function stands(pair: Pair): Promise<number | null> {
    const who = stage.raters[pair.rater]
    if (!who) throw new Error('nobody rates this')
    return (await made<{ stars: number | null }>(who('GET', `/api/movies/${pair.movieId}/rating`))).stars
  }

  return {
    async rate(enough) {
      await Promise.all(
        Array.from({ length: lines }, async (_, line) => {
          const mine = pairs.filter((_pair, at) => at % lines === line)
          while (!enough()) {
            await rateOne(mine)
            await new Promise((resolve) => setTimeout(resolve, 40))
          }
        }),
      )
    },
    acknowledged: () => acknowledged,
    unanswered: () => unanswered,
    async check() {
      const problems: string[] = []
      for (const pair of pairs) {
        const stars = await stands(pair)
        const verdict = judge(pair.history, stars)
        if (verdict) problems.push(`rater ${pair.rater}, film ${pair.movieId}: ${verdict}`)
        pair.history = { acknowledged: stars, unanswered: undefined }
        pair.doubtful = false
      }
      return problems
    },
  }
}
