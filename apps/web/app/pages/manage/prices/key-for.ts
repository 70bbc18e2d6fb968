/** A ticket type's key out of its name, unlike those there are: "Students & pupils" is `students-pupils`. */
export function keyFor(name: string, taken: readonly string[]): string {
  const letters = name.normalize('NFKD').toLowerCase().replaceAll(/\p{M}/gu, '').replaceAll('ß', 'ss')
  const words = letters.replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-+|-+$/g, '')
  const base = words.slice(0, 32).replace(/-+$/, '') || 'ticket'
  let key = base
  for (let count = 2; taken.includes(key); count += 1) key = `${base}-${count}`
  return key
}
