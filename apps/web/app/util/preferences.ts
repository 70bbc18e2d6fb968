export const languages = ['en', 'de'] as const
export type Language = (typeof languages)[number]
export type Theme = 'dark' | 'light'

/** The language a page is written in: the visitor's choice (cookie), else the browser's wish, else English. */
export function languageOf(request: Request): Language {
  const chosen = cookie(request, 'language')
  const wishes = request.headers.get('accept-language')?.split(',') ?? []
  for (const wish of [chosen, ...wishes]) {
    const known = languages.find((language) => wish?.trim().toLowerCase().startsWith(language))
    if (known) return known
  }
  return 'en'
}

/** The visitor's choice of light (cookie); none means as the device says. */
export function themeOf(request: Request): Theme | undefined {
  const chosen = cookie(request, 'theme')
  return chosen === 'dark' || chosen === 'light' ? chosen : undefined
}

function cookie(request: Request, name: string): string | undefined {
  const pairs = request.headers.get('cookie')?.split(';') ?? []
  for (const pair of pairs) {
    const [key, value] = pair.trim().split('=')
    if (key === name) return value
  }
  return undefined
}
