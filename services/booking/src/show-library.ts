import type { Queryable } from '@marquee/kit/sql'
import type { Plan } from './house/plan.ts'
import { planOf, type SellableShow, sellableShow } from './sellable-show.ts'
import { readFacts, readLayouts } from './show-store.ts'

export type ShowLibrary = {
  /** Facts and rooms of shows, from memory where the facts' version is known. */
  load: (
    db: Queryable,
    shows: readonly { id: string; factsVersion: number }[],
  ) => Promise<ReadonlyMap<string, SellableShow>>
  /** The same for readers who hold no lock; undefined for an unknown show. */
  find: (db: Queryable, showId: string) => Promise<SellableShow | undefined>
  /** Of several at once, by id. */
  findAll: (db: Queryable, showIds: readonly string[]) => Promise<ReadonlyMap<string, SellableShow>>
}

const mostKept = 5000

export function createShowLibrary(): ShowLibrary {
  const shows = new Map<string, { factsVersion: number; sellable: SellableShow }>()
  const plans = new Map<string, Plan>()

  return { load, find, findAll: (db, showIds) => read(db, [...new Set(showIds)]) }

  async function load(db: Queryable, wanted: readonly { id: string; factsVersion: number }[]) {
    const found = new Map<string, SellableShow>()
    const missing: string[] = []
    for (const { id, factsVersion } of wanted) {
      const known = shows.get(id)
      if (known?.factsVersion === factsVersion) found.set(id, known.sellable)
      else missing.push(id)
    }
    for (const [id, sellable] of missing.length > 0 ? await read(db, missing) : []) found.set(id, sellable)
    return found
  }

  async function find(db: Queryable, showId: string) {
    return (await read(db, [showId])).get(showId)
  }

  async function read(db: Queryable, ids: readonly string[]): Promise<Map<string, SellableShow>> {
    const rows = await readFacts(db, ids)
    const strange = [...new Set(rows.map(({ layoutId }) => layoutId))].filter((id) => !plans.has(id))
    for (const layout of strange.length > 0 ? await readLayouts(db, strange) : []) {
      forgetOldest(plans)
      plans.set(layout.id, planOf(layout))
    }
    const found = new Map<string, SellableShow>()
    for (const { showId, factsVersion, layoutId, facts } of rows) {
      const plan = plans.get(layoutId)
      if (!plan) throw new Error(`the layout ${layoutId} of show ${showId} is not here`)
      const known = shows.get(showId)
      const sellable = known?.factsVersion === factsVersion ? known.sellable : sellableShow(facts, plan)
      forgetOldest(shows)
      shows.set(showId, { factsVersion, sellable })
      found.set(showId, sellable)
    }
    return found
  }
}

function forgetOldest(map: Map<string, unknown>): void {
  const oldest = map.size >= mostKept ? map.keys().next().value : undefined
  if (oldest !== undefined) map.delete(oldest)
}
