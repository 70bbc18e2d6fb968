/** A form's fields after somebody else changed what they show: theirs, except where I have written. */
export function withTheirs<Fields extends object>(mine: Fields, before: Fields, now: Fields): Fields {
  const merged = { ...mine }
  for (const name in mine)
    if (JSON.stringify(mine[name]) === JSON.stringify(before[name])) merged[name] = now[name]
  return merged
}
