import { readFileSync } from 'node:fs'
import { flags } from '@marquee/contracts/flags'
import { expect, it } from 'vitest'

it('the table of flags tells every flag there is, and what it usually is', () => {
  const text = readFileSync(new URL('../../../docs/flags.md', import.meta.url), 'utf8')
  const rows = text.split('\n').filter((line) => line.startsWith('| `'))
  expect(rows).toEqual(
    flags.map((flag) =>
      flag.kind === 'flag'
        ? `| \`${flag.key}\` | switch | ${flag.usually ? 'on' : 'off'} | ${flag.description} |`
        : `| \`${flag.key}\` | variants: ${flag.variants.join(', ')} | ${flag.usually} | ${flag.description} |`,
    ),
  )
})
