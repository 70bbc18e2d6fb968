export type PublicPage = {
  /** By which a cached one is thrown away. */
  tags: string[]
  /** Fields of its query that it reads; any other changes nothing on it. */
  query: readonly string[]
}

/** Pages that are the same for everybody. */
const pages: { path: RegExp; tags: (id: string) => string[]; query?: readonly string[] }[] = [
  { path: /^\/$/, tags: () => ['shows', 'theaters', 'movies'], query: ['near', 'theater', 'date'] },
  {
    path: /^\/search$/,
    tags: () => ['movies', 'theaters'],
    query: ['q', 'genre', 'year', 'sort', 'cursor'],
  },
  { path: /^\/films$/, tags: () => ['movies'], query: ['q', 'genre', 'sort', 'cursor'] },
  {
    path: /^\/films\/([^/]+)$/,
    tags: (id) => [`movie:${id}`, `ratings:${id}`, `reviews:${id}`, 'shows'],
    query: ['reviews', 'after', 'date'],
  },
  { path: /^\/people\/([^/]+)$/, tags: (handle) => [`person:${handle}`], query: ['after'] },
  { path: /^\/theaters$/, tags: () => ['theaters'], query: ['q'] },
  { path: /^\/theaters\/([^/]+)$/, tags: (id) => [`theater:${id}`, 'shows'], query: ['date'] },
  { path: /^\/shows\/([^/]+)$/, tags: () => ['shows'] },
  { path: /^\/posters\/([^/]+)\.svg$/, tags: (id) => [`movie:${id}`], query: ['v'] },
  { path: /^\/sitemap\.xml$/, tags: () => ['movies', 'theaters'] },
  { path: /^\/robots\.txt$/, tags: () => [] },
]

/** What a shared cache has to know of a page that it may keep; undefined for any other. The path's `.data` twin counts as the page. */
export function publicPageAt(path: string): PublicPage | undefined {
  const plain = path === '/_root.data' || path === '/_.data' ? '/' : path.replace(/\.data$/, '')
  for (const page of pages) {
    const match = page.path.exec(plain)
    if (match) return { tags: page.tags(idOf(match[1] ?? '')), query: page.query ?? [] }
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
