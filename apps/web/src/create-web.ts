import type { WebContext } from './web-context.ts'

export type Web = {
  /**
   * Answers a page, a page's data (`.data`) or a resource such as /sitemap.xml. Every inline script carries
   * `context.nonce`, so that the host can tell the site's own scripts from anything else and write the policy.
   */
  handle(request: Request, context: WebContext): Promise<Response>
  /** Built scripts, styles, fonts and pictures; what lies under `assets/` is named by its content and never changes. */
  assetsDirectory: URL
}

type Bundle = {
  entry: {
    module: {
      createHandler(build: unknown): Web['handle']
    }
  }
}

/** Loads the built site. Throws when it was not built; `buildWeb` builds it. */
export async function createWeb(): Promise<Web> {
  const bundle: Bundle = await import(new URL('../build/server/index.js', import.meta.url).href)
  return {
    handle: bundle.entry.module.createHandler(bundle),
    assetsDirectory: new URL('../build/client/', import.meta.url),
  }
}
