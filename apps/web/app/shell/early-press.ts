import { useEffect } from 'react'

/** Runs at the end of the page, before any of ours has loaded: remembers the last button pressed. */
export const rememberEarlyPress = `(() => {
  let pressed
  const note = ({ target }) => {
    const button = target.closest?.('button')
    if (button?.type === 'button') pressed = button
  }
  addEventListener('click', note, true)
  globalThis.takeEarlyPress = () => {
    removeEventListener('click', note, true)
    return pressed
  }
})()`

declare global {
  var takeEarlyPress: (() => HTMLButtonElement | undefined) | undefined
}

/** On a slow line people press before the page can answer: the press is made up for as soon as it can. */
export function useEarlyPress(): void {
  useEffect(() => {
    const pressed = globalThis.takeEarlyPress?.()
    globalThis.takeEarlyPress = undefined
    if (pressed?.isConnected) pressed.click()
  }, [])
}
