import { plantBug } from './plant.ts'

// The answer of the provider takes the order's lock before the show's; the event of the same payment does not.
plantBug({
  file: 'services/booking/src/with-order.ts',
  changes: [
    [
      'return desk.change([showId], (tx, shows) =>',
      `return db.transaction(async (tx) => {
         await lockOrder(tx, orderId)
         await tx.query('select pg_sleep(0.3)')
         return desk.changeIn(tx, [showId], (tx, shows) => locked(tx, { show: shows.get(showId), orderId }, work))
       })
       return desk.change([showId], (tx, shows) =>`,
    ],
  ],
})
