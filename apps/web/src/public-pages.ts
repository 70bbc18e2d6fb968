/** Pages that are the same for everybody, with the tags by which a cached one is thrown away. */
const pages: { path: RegExp; tags: (id: string) => string[] }[] = [
  { path: /^\/$/, tags: () => ['shows', 'theaters', 'movies'] },
  { path: /^\/search$/, tags: () => ['movies', 'theaters'] },
  { path: /^\/films$/, tags: () => ['movies'] },
  { path: /^\/films\/([^/]+)$/, tags: (id) => [`movie:${id}`, `ratings:${id}`, `reviews:${id}`, 'shows'] },
  { path: /^\/people\/([^/]+)$/, tags: (handle) => [`person:${handle}`] },
  { path: /^\/theaters$/, tags: () => ['theaters'] },
  { path: /^\/theaters\/([^/]+)$/, tags: (id) => [`theater:${id}`, 'shows'] },
  { path: /^\/shows\/([^/]+)$/, tags: (id) => [`show:${id}`] },
  { path: /^\/posters\/([^/]+)\.svg$/, tags: (id) => [`movie:${id}`] },
  { path: /^\/sitemap\.xml$/, tags: () => ['movies', 'theaters'] },
  { path: /^\/robots\.txt$/, tags: () => [] },
]

/** Whether a path is a page that a shared cache may keep: its tags if so. The path's `.data` twin counts as the page. */
export function publicPageTags(path: string): string[] | undefined {
  const plain = path === '/_root.data' || path === '/_.data' ? '/' : path.replace(/\.data$/, '')
  for (const page of pages) {
    const match = page.path.exec(plain)
    if (match) return page.tags(idOf(match[1] ?? ''))
  }
  return undefined
}

/** As whoever invalidates writes it: addresses may be in capitals or encoded and mean the same. */
function idOf(text: string): string {
  try {
    return decodeURIComponent(text).toLowerCase()
  } catch {
    // Nothing that is there has such an address.
    return text
  }
}

export const isPublicPage = (path: string): boolean => publicPageTags(path) !== undefined
