import pg from 'pg'

/** Runs work and says how many statements this process sent meanwhile that match: `/from (orders|tickets)/`. */
export async function countQueries(matching: RegExp, work: () => Promise<unknown>): Promise<number> {
  const send = pg.Client.prototype.query
  let count = 0
  const counting = function (this: pg.Client, ...given: unknown[]): unknown {
    if (matching.test(textOf(given[0]))) count += 1
    return Reflect.apply(send, this, given)
  }
  pg.Client.prototype.query = counting as typeof send
  try {
    await work()
  } finally {
    pg.Client.prototype.query = send
  }
  return count
}

function textOf(statement: unknown): string {
  if (typeof statement === 'string') return statement
  const text: unknown =
    typeof statement === 'object' && statement ? Reflect.get(statement, 'text') : undefined
  return typeof text === 'string' ? text : ''
}
