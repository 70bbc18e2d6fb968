import { made } from '../../harness/house.ts'
import type { Stage } from './stage.ts'

export type Commenter = {
  comment: (enough: () => boolean) => Promise<void>
  /** Comments that were promised and are not there, and such as stand there twice. */
  check: () => Promise<string[]>
}

/** Somebody whose browser sends each comment once, without a key that would let anybody repeat it. */
export function createCommenter(stage: Stage): Commenter {
  let reviewId: string | undefined
  let sent: string[] = []
  let promised: string[] = []
  let count = 0

  async function begin(): Promise<string> {
    const [writer] = stage.raters
    if (!writer) throw new Error('nobody writes')
    const path = `/api/movies/${stage.films[0]}/reviews`
    reviewId ??= (await made(writer('POST', path, { body: { body: 'Seen twice.', spoiler: false } }))).id
    return reviewId
  }

  return {
    async comment(enough) {
      const path = `/api/reviews/${await begin()}/comments`
      while (!enough()) {
        count += 1
        const body = `Comment ${count}`
        sent.push(body)
        const answer = await stage.raters[1]?.('POST', path, { body: { body } }).catch(() => undefined)
        if (answer?.status === 201) promised.push(body)
        await new Promise((resolve) => setTimeout(resolve, 200))
      }
    },
    async check() {
      const standing: string[] = []
      for (let cursor: string | null = ''; cursor !== null; ) {
        const after: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`
        const page = await made<{ items: { body: string }[]; nextCursor: string | null }>(
          stage.admin('GET', `/api/reviews/${await begin()}/comments?limit=100${after}`),
        )
        standing.push(...page.items.map(({ body }) => body))
        cursor = page.nextCursor
      }
      const times = (text: string) => standing.filter((one) => one === text).length
      const problems = [
        ...promised
          .filter((text) => times(text) === 0)
          .map((text) => `"${text}" was promised and is not there`),
        ...sent
          .filter((text) => times(text) > 1)
          .map((text) => `"${text}" was sent once and is there ${times(text)} times`),
      ]
      sent = []
      promised = []
      return problems
    },
  }
}
