import pg from 'pg'

export type Statement = { text: string; values: readonly unknown[] }

const ofTheBus = /\bbus\./

/**
 * Runs work and gives the statements this process sent meanwhile that match: `/from (orders|tickets)/`. The bus looks
 * for events all the while, in the names of groups: what it sends is none of the work.
 */
export async function sentStatements(matching: RegExp, work: () => Promise<unknown>): Promise<Statement[]> {
  const send = pg.Client.prototype.query
  const sent: Statement[] = []
  const noting = function (this: pg.Client, ...given: unknown[]): unknown {
    const statement = read(given[0])
    if (matching.test(statement.text) && !ofTheBus.test(statement.text)) sent.push(statement)
    return Reflect.apply(send, this, given)
  }
  pg.Client.prototype.query = noting as typeof send
  try {
    await work()
  } finally {
    pg.Client.prototype.query = send
  }
  return sent
}

/** How many there were. */
export async function countQueries(matching: RegExp, work: () => Promise<unknown>): Promise<number> {
  return (await sentStatements(matching, work)).length
}

function read(statement: unknown): Statement {
  if (typeof statement === 'string') return { text: statement, values: [] }
  const of = (name: string): unknown =>
    typeof statement === 'object' && statement ? Reflect.get(statement, name) : undefined
  const text = of('text')
  const values = of('values')
  return { text: typeof text === 'string' ? text : '', values: Array.isArray(values) ? values : [] }
}
