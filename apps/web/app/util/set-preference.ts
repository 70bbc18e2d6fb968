/** Keeps a choice in a cookie and loads the page again in it; `device` forgets the choice. */
export function setPreference(name: 'theme' | 'language', value: string): void {
  const forget = value === 'device'
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing from older phones
  document.cookie = `${name}=${forget ? '' : value}; path=/; max-age=${forget ? 0 : 31_536_000}; samesite=lax`
  window.location.reload()
}
