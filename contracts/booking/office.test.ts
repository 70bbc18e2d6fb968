import { randomUUIDv7 } from 'node:crypto'
import { expect, test } from 'vitest'
import { resumeSales, seatsLeft, soldSeats } from './office.ts'

test('as many shows as may be asked about at once fit into one call between processes', () => {
  const showIds = Array.from({ length: 5000 }, () => randomUUIDv7())
  const versions = Object.fromEntries(showIds.map((id) => [id, 1_000_000]))
  const rest = { id: randomUUIDv7(), versions }
  const bodies = [
    [seatsLeft, { showIds }],
    [soldSeats, { showIds, restSeconds: 600, rest }],
    [resumeSales, { showIds, restId: rest.id }],
  ] as const
  for (const [{ path, maxBytes = 65_536 }, body] of bodies)
    expect(JSON.stringify(body).length, path).toBeLessThan(maxBytes)
})
