/** A form's fields after somebody else changed what they show: theirs, except where I have written. */
export function withTheirs<Fields extends object>(mine: Fields, before: Fields, now: Fields): Fields {
  const merged = { ...now, ...mine }
  for (const name in merged) {
    const [own, old, theirs] = [mine[name], before[name], now[name]]
    if (JSON.stringify(own) === JSON.stringify(old)) merged[name] = theirs
    else if (isTable(own) && isTable(old) && isTable(theirs)) merged[name] = withTheirs(own, old, theirs)
  }
  return merged
}

const isTable = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
