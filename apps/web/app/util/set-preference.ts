/** Keeps a choice in a cookie; `device` and `system` forget it. */
export function keepPreference(name: 'theme' | 'language', value: string): void {
  const forget = value === 'device' || value === 'system'
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing from older phones
  document.cookie = `${name}=${forget ? '' : value}; path=/; max-age=${forget ? 0 : 31_536_000}; samesite=lax`
}

/** Keeps a choice and loads the page again in it. */
export function setPreference(name: 'theme' | 'language', value: string): void {
  keepPreference(name, value)
  window.location.reload()
}
