type Labels = Readonly<Record<string, string>>
type Cell = { labels: Labels; value: number; changed: boolean }

/** Figures by label, kept as plain numbers until somebody looks. */
export type Tally = {
  add: (service: string, labels: Labels | undefined, by: number) => void
  set: (service: string, labels: Labels | undefined, value: number) => void
  /** Hands over what changed; a counter begins again from nothing. */
  flush: (take: (labels: Labels, value: number) => void, options: { keep: boolean }) => void
}

/**
 * A registry checks, sorts and hashes its labels at each count, which costs a busy gateway more than it counts; here a
 * count is a look into a map.
 */
export function createTally(names: readonly string[]): Tally {
  const cells = new Map<string, Cell>()

  function cellOf(service: string, labels: Labels | undefined): Cell {
    let key = service
    if (labels) for (const name of names) key += `\n${labels[name]}`
    const known = cells.get(key)
    if (known) return known
    const cell = { labels: { service, ...labels }, value: 0, changed: false }
    cells.set(key, cell)
    return cell
  }

  return {
    add(service, labels, by) {
      const cell = cellOf(service, labels)
      cell.value += by
      cell.changed = true
    },
    set(service, labels, value) {
      const cell = cellOf(service, labels)
      cell.value = value
      cell.changed = true
    },
    flush(take, { keep }) {
      for (const cell of cells.values()) {
        if (!cell.changed) continue
        take(cell.labels, cell.value)
        cell.changed = false
        if (!keep) cell.value = 0
      }
    },
  }
}
