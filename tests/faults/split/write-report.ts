import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { doneByKind, type Run } from './report.ts'

/** Prints the tables of docs/faults.md from the runs that a folder holds: `node tests/faults/split/write-report.ts FOLDER`. */
const [, , folder = ''] = process.argv
const runs = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Run)
  .toSorted((one, other) => one.seed - other.seed)
const drawn = runs.flatMap((run) => run.faults)
const faults = drawn.filter(({ done }) => done)
const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0)
const middle = (numbers: readonly number[]) =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0
const most = (numbers: readonly number[]) => numbers.reduce((max, one) => Math.max(max, one), 0)
const row = (...cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`
const seconds = (value: number) => value.toFixed(1)

const kinds = [...doneByKind(drawn)].toSorted(([, a], [, b]) => b.length - a.length)
const lines = [
  row('Kind', 'Times', 'Lasted, median s', 'All goes on again after, median s', 'at most'),
  row('---', '---:', '---:', '---:', '---:'),
  ...kinds.map(([kind, all]) =>
    row(
      kind,
      all.length,
      seconds(middle(all.map((one) => one.seconds))),
      seconds(middle(all.map((one) => one.backAfter))),
      seconds(most(all.map((one) => one.backAfter))),
    ),
  ),
  row('**together**', faults.length, '', '', seconds(most(faults.map((one) => one.backAfter)))),
  '',
  row(
    'Seed',
    'Installation',
    'Faults',
    'Minutes',
    'Orders',
    'Tickets',
    'Ratings',
    'Requests repeated',
    'Events',
    'Applied',
    'Found',
  ),
  row('---:', '---', ...Array<string>(9).fill('---:')),
  ...runs.map((run) =>
    row(
      run.seed,
      run.installation,
      run.faults.filter(({ done }) => done).length,
      seconds(run.seconds / 60),
      run.orders,
      run.tickets,
      run.counts.acknowledged ?? 0,
      run.repeated,
      run.counts.published ?? 0,
      run.counts.applied ?? 0,
      run.findings.length,
    ),
  ),
  row(
    '**together**',
    '',
    faults.length,
    seconds(sum(runs.map((run) => run.seconds)) / 60),
    sum(runs.map((run) => run.orders)),
    sum(runs.map((run) => run.tickets)),
    sum(runs.map((run) => run.counts.acknowledged ?? 0)),
    sum(runs.map((run) => run.repeated)),
    sum(runs.map((run) => run.counts.published ?? 0)),
    sum(runs.map((run) => run.counts.applied ?? 0)),
    sum(runs.map((run) => run.findings.length)),
  ),
]
console.log(lines.join('\n'))
