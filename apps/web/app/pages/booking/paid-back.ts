import type { Order } from '@marquee/contracts/booking'

/** It was charged for and bought nothing, so that all of it comes back. */
export const isPaidBack = ({ status, returned = [] }: Order): boolean =>
  (status === 'expired' || status === 'released') && returned.length > 0
