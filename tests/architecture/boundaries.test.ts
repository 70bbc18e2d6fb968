import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const run = promisify(execFile)

type Report = { summary: { totalCruised: number; violations: { rule: { name: string } }[] } }

async function cruise(cwd: string, places: string[]): Promise<Report['summary']> {
  const { stdout } = await run(
    process.execPath,
    [
      join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs'),
      '--config',
      join(cwd, '.dependency-cruiser.mjs'),
      '--output-type',
      'json',
      ...places,
    ],
    { cwd, maxBuffer: 100_000_000 },
  ).catch((failed: { stdout: string }) => failed)
  return (JSON.parse(stdout) as Report).summary
}

describe('the walls between services', () => {
  let planted: string
  beforeAll(async () => {
    planted = await mkdtemp(join(tmpdir(), 'marquee-walls-'))
    for (const link of ['node_modules', '.dependency-cruiser.mjs', 'tsconfig.json'])
      await symlink(join(root, link), join(planted, link))
  })
  afterAll(() => rm(planted, { recursive: true }))

  const plant = async (path: string, text: string) => {
    await mkdir(dirname(join(planted, path)), { recursive: true })
    await writeFile(join(planted, path), text)
  }

  it('stand: no service reaches into another, the kit knows none of them', async () => {
    const summary = await cruise(root, ['kit', 'contracts', 'services', 'apps/server', 'apps/sandbox'])
    expect(summary.violations.map((one) => one.rule.name)).toEqual([])
    expect(summary.totalCruised).toBeGreaterThan(150)
  })

  it.each([
    [
      'services-do-not-know-each-other',
      'services/booking/src/a.ts',
      "import '../../theaters/src/b.ts'\n",
      'services/theaters/src/b.ts',
    ],
    [
      'kit-stands-alone',
      'kit/http/a.ts',
      "import '../../services/booking/src/b.ts'\n",
      'services/booking/src/b.ts',
    ],
    [
      'contracts-import-no-service',
      'contracts/a.ts',
      "import '../services/booking/src/b.ts'\n",
      'services/booking/src/b.ts',
    ],
    [
      'services-do-not-know-apps',
      'services/booking/src/c.ts',
      "import '../../../apps/server/src/b.ts'\n",
      'apps/server/src/b.ts',
    ],
    [
      'no-deep-import-into-a-neighbour',
      'apps/server/src/a.ts',
      "import '../../../services/booking/src/b.ts'\n",
      'services/booking/src/b.ts',
    ],
    [
      'no-test-code-in-production',
      'services/booking/src/d.ts',
      "import './d.test.ts'\n",
      'services/booking/src/d.test.ts',
    ],
    ['no-cycles', 'kit/http/c.ts', "import './d.ts'\n", 'kit/http/d.ts'],
  ])('a breach of %s is seen', async (rule, from, text, to) => {
    await plant(to, rule === 'no-cycles' ? "import './c.ts'\n" : 'export const there = 1\n')
    await plant(from, text)
    const summary = await cruise(planted, [from.split('/')[0] ?? '', to.split('/')[0] ?? ''])
    expect(summary.violations.map((one) => one.rule.name)).toContain(rule)
  })
})
