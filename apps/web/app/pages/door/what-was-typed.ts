import { idEndOf, readSigns } from '@marquee/contracts/short-code'

// As booking makes them: `3F9QK-7M2XD`.
const signsOfOrderNumber = 10

/** Which of the things that stand on a ticket or an order somebody typed; undefined for a scanned code or nonsense. */
export function whatWasTyped(text: string): 'order-number' | 'short-code' | undefined {
  if (idEndOf(text)) return 'short-code'
  return readSigns(text)?.length === signsOfOrderNumber ? 'order-number' : undefined
}
