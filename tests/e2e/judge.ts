import AxeModule from 'axe-core'
import type { Page } from 'playwright-core'

const looks = (['dark', 'light'] as const).flatMap((colorScheme) =>
  [1440, 360].map((width) => ({ colorScheme, width })),
)
const violations = `axe.run().then(({ violations }) =>
  violations.map(({ id, nodes }) => id + ': ' + nodes[0]?.html.slice(0, 160)))`
const tooWide = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'
const painted = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))'

/** What is wrong with a page as it stands: in the dark and in the light, on a desk and on a phone. */
export async function faultsOf(page: Page): Promise<string[]> {
  const found: string[] = []
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.evaluate(AxeModule.source)
  for (const { colorScheme, width } of looks) {
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize({ width, height: 900 })
    await page.evaluate(painted)
    const where = `${new URL(page.url()).pathname}, ${colorScheme}, ${width} px`
    const wider = await page.evaluate<number>(tooWide)
    if (wider > 0) found.push(`${where}: ${wider} px too wide`)
    for (const one of await page.evaluate<string[]>(violations)) found.push(`${where}: ${one}`)
  }
  return found
}
