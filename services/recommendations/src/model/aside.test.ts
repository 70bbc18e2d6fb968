import { expect, test } from 'vitest'
import { createAside } from './aside.ts'

/** People who all rated the same films. */
const everybody = (people: number, films: number) => ({
  starts: Int32Array.from({ length: people + 1 }, (_, person) => person * films),
  films: Int32Array.from({ length: people * films }, (_, at) => at % films),
  stars: new Uint8Array(people * films).fill(8),
  filmCount: films,
})

test('a computation that nobody waits for any more is ended', async () => {
  const end = new AbortController()
  const computing = createAside().neighbours(everybody(1000, 100), end.signal)
  end.abort()
  await expect(computing).rejects.toBe(end.signal.reason)
})
