import type { Locator, Page } from 'playwright-core'

/** Presses Tab until the focus is on the target. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor({ state: 'attached' })
  await tabUntil(page, async () => (await target.and(page.locator(':focus')).count()) > 0)
}

/** Presses Tab until the focus is somewhere inside. */
export async function tabInto(page: Page, region: Locator): Promise<void> {
  await region.waitFor({ state: 'attached' })
  await tabUntil(page, async () => (await region.locator(':focus').count()) > 0)
}

async function tabUntil(page: Page, arrived: () => Promise<boolean>): Promise<void> {
  for (let steps = 0; steps < 250; steps += 1) {
    if (await arrived()) return
    await page.keyboard.press('Tab')
  }
  throw new Error('Tab never led there')
}

export const focused = (page: Page, attribute: string): Promise<string> =>
  page.evaluate<string>(`document.activeElement?.getAttribute('${attribute}') ?? ''`)

/** Notes every sentence that enters a polite live region, from the first moment of the next page. */
export const listen = (page: Page): Promise<unknown> =>
  page.addInitScript(`
    globalThis.heard = []
    new MutationObserver((changes) => {
      for (const { target } of changes) {
        const region = (target instanceof Element ? target : target.parentElement)?.closest('[aria-live="polite"]')
        const text = region?.textContent?.trim()
        if (text && heard.at(-1) !== text) heard.push(text)
      }
    }).observe(document, { subtree: true, childList: true, characterData: true })`)

export const heard = (page: Page): Promise<string[]> => page.evaluate<string[]>('heard')
