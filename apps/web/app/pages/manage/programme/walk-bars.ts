import type { KeyboardEvent } from 'react'

/** Arrows go to the next show of the screen, or to the one nearest in time on the next screen. */
export function walkBars(event: KeyboardEvent<HTMLElement>): void {
  const bar = event.target instanceof Element ? event.target.closest('[data-bar]') : null
  const row = bar?.closest('.track')
  if (!bar || !row) return
  const rows = [...event.currentTarget.querySelectorAll('.track')]
  const next = neighbour(event.key, barsOf(row), bar, rows, rows.indexOf(row))
  if (!(next instanceof HTMLElement)) return
  next.focus()
  event.preventDefault()
}

const barsOf = (row: Element) => [...row.querySelectorAll('[data-bar]')]

function neighbour(key: string, bars: Element[], bar: Element, rows: Element[], row: number) {
  const index = bars.indexOf(bar)
  if (key === 'ArrowRight') return bars[index + 1]
  if (key === 'ArrowLeft') return bars[index - 1]
  if (key === 'Home') return bars[0]
  if (key === 'End') return bars.at(-1)
  if (key !== 'ArrowDown' && key !== 'ArrowUp') return undefined
  const step = key === 'ArrowDown' ? 1 : -1
  for (let at = row + step; at >= 0 && at < rows.length; at += step) {
    const candidates = barsOf(rows[at] ?? bar)
    if (candidates.length > 0) return nearest(candidates, bar)
  }
  return undefined
}

function nearest(candidates: Element[], bar: Element): Element | undefined {
  const left = bar.getBoundingClientRect().left
  const away = (one: Element) => Math.abs(one.getBoundingClientRect().left - left)
  return candidates.toSorted((a, b) => away(a) - away(b))[0]
}
