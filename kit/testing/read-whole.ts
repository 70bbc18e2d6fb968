import type { Database } from '../sql/index.ts'
import { sentStatements } from './count-queries.ts'

type Node = { 'Node Type': string; 'Relation Name'?: string; Plans?: Node[] }
const nodesOf = ({ Plans = [], ...node }: Node): Node[] => [node, ...Plans.flatMap(nodesOf)]

/**
 * How many statements about these tables (`ratings|wishes`) this process sends while it is asked, and which of the tables
 * PostgreSQL would read from one end to the other for them. Plans are those of tables as they are: fill and analyze them.
 */
export async function readWhole(
  db: Database,
  tables: string,
  ask: () => Promise<unknown>,
): Promise<{ asked: number; whole: string[] }> {
  const [statement, table] = [
    RegExp(`^\\s*(select|with|insert|update|delete)\\b[^]*\\b(${tables})\\b`),
    RegExp(`^(${tables})$`),
  ]
  const sent = await sentStatements(statement, ask)
  const whole: string[] = []
  for (const { text, values } of sent) {
    const { rows } = await db.query<{ 'QUERY PLAN': { Plan: Node }[] }>(
      `explain (format json) ${text}`,
      values,
    )
    for (const { Plan } of rows[0]?.['QUERY PLAN'] ?? [])
      for (const { 'Node Type': kind, 'Relation Name': relation = '' } of nodesOf(Plan))
        if (kind === 'Seq Scan' && table.test(relation)) whole.push(`${relation} in ${text}`)
  }
  return { asked: sent.length, whole }
}
