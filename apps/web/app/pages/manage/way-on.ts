/** Where the keyboard goes on when a row is gone: at its neighbour, or at the heading of what it was part of. */
export function wayOnFrom(element: Element | null): () => void {
  const row = element?.closest('li, section')
  const part = row?.parentElement?.closest('section')
  const places = [
    row?.nextElementSibling,
    row?.previousElementSibling,
    part?.querySelector('h2'),
    document.querySelector('main h1'),
  ]
  return () => {
    if (document.activeElement !== document.body) return
    const place = places.find((one) => one?.isConnected && one.matches('li, section, h1, h2'))
    const target = place?.querySelector<HTMLElement>('h2, h3') ?? place
    if (!(target instanceof HTMLElement)) return
    target.tabIndex = -1
    target.focus()
  }
}
