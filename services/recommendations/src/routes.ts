import { recommendationsContract } from '@marquee/contracts/recommendations'
import { fail, implement } from '@marquee/kit/contract'
import type { Database } from '@marquee/kit/sql'
import type { Aside } from './model/aside.ts'
import { readHistories } from './model-store.ts'
import type { Recommend } from './recommend.ts'

type Deps = { db: Database; recommend: Recommend; aside: Aside }

export function createRoutes({ db, recommend, aside }: Deps) {
  return implement(recommendationsContract, {
    handlers: {
      getRecommendations: async ({ limit }, { caller }) => {
        const picked = await recommend(caller, limit)
        return picked.ok ? { source: picked.source, items: picked.items } : fail(picked.code)
      },
      evaluateRecommendations: async ({ picks }) => {
        const { histories } = await readHistories(db)
        return aside.evaluate(histories, picks)
      },
    },
  })
}
