import { plantBug } from './plant.ts'

// The answer of the provider takes the order's lock before the show's; the event of the same payment does not.
plantBug({
  file: 'services/booking/src/order-group.ts',
  changes: [
    [
      'return desk.change(showIds, async (tx, shows) => {',
      `return db.transaction(async (tx) => {
         await lockOrders(tx, asked.map(({ wish }) => wish.orderId))
         await tx.query('select pg_sleep(0.3)')
         return desk.changeIn(tx, showIds, (tx, shows) => inRounds(tx, shows, asked))
       })
       return desk.change(showIds, async (tx, shows) => {`,
    ],
  ],
})
