import { gatewaysOf, type Stage } from './stage.ts'

export type Editor = {
  /** Changes a film again and again, and reads its page at both gateways, until told that it is enough. */
  edit: (enough: () => boolean) => Promise<void>
  edits: () => number
  /** Pages that were older than they may be. */
  stale: () => string[]
}

/** A page read this long after an edit was acknowledged shows it. */
const promisedMilliseconds = 1000

/** Somebody who edits one film, and readers who remember when. */
export function createEditor(stage: Stage): Editor {
  const movieId = stage.films.at(-1) ?? ''
  const told: { edit: number; at: number }[] = []
  const stale: string[] = []
  let sent = 0

  /** An edit that nobody waits for any more must not be carried out on top of a later one. */
  async function change(): Promise<void> {
    sent += 1
    const answer = await stage.books
      .query<{ version: number }>('select version from movies.movies where id = $1', [movieId])
      .then(({ rows: [film] }) =>
        stage.admin('PATCH', `/api/movies/${movieId}`, {
          body: { title: `Film in its edit ${sent}` },
          headers: { 'if-match': `"${film?.version}"` },
        }),
      )
      .catch(() => undefined)
    if (answer?.status === 200) told.push({ edit: sent, at: performance.now() })
  }

  async function read(at: number): Promise<void> {
    const due = told.findLast((one) => one.at < performance.now() - promisedMilliseconds)
    const gateway = gatewaysOf(stage)[at]
    const answer = await gateway?.('GET', `/api/movies/${movieId}`).catch(() => undefined)
    if (answer?.status !== 200 || !due) return
    const shown = Number(String(answer.body.title).split(' ').at(-1))
    if (shown < due.edit)
      stale.push(
        `gateway-${at + 1} showed edit ${shown} ${Math.round(performance.now() - due.at)} ms after edit ${due.edit}`,
      )
  }

  const again = async (enough: () => boolean, work: () => Promise<void>, pause: number) => {
    while (!enough()) {
      await work()
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
  }
  return {
    async edit(enough) {
      await Promise.all([
        again(enough, change, 400),
        again(enough, () => read(0), 60),
        again(enough, () => read(1), 60),
      ])
    },
    edits: () => told.length,
    stale: () => stale.splice(0),
  }
}
