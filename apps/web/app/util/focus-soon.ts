/** Moves the focus to what takes the place of a form that closes, once it is drawn: else the keyboard starts over. */
export function focusSoon(id: string): void {
  requestAnimationFrame(() => {
    const place = document.getElementById(id)
    if (!place) return
    if (place.tabIndex < 0) place.tabIndex = -1
    place.focus()
  })
}
