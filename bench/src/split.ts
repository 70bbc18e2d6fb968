import { ordersForASecond, sellOnce } from './booking.ts'
import type { Options } from './options.ts'
import { type Product, startProduct } from './product.ts'
import { alternate, report } from './rounds.ts'
import { bodyOf, freshWishes } from './wishes.ts'

/** The booking bench through the gateways of a cluster, against the same all in one, each on data of its own. */
export async function split({ rounds, seconds }: Options): Promise<string> {
  const many = await startProduct({ MARQUEE_TOPOLOGY: 'split' })
  try {
    const one = await startProduct({ MARQUEE_TOPOLOGY: 'whole' })
    try {
      const selling = async (product: Product) => {
        const count = (rounds + 1) * seconds * ordersForASecond
        const bodies = (await freshWishes(product.origin, { atOnce: 50, count })).map(bodyOf)
        const take = () => bodies.splice(0, seconds * ordersForASecond)
        await sellOnce(product, take(), 1)
        return () => sellOnce(product, take(), seconds)
      }
      const result = await alternate(rounds, await selling(many), await selling(one))
      return report('split: orders through a cluster, against all in one', result, undefined)
    } finally {
      await one.end()
    }
  } finally {
    await many.end()
  }
}
