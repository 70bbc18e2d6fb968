/** What one person did with one film, in order: null takes the stars back. */
export type History = {
  /** The last that was acknowledged, or seen to stand after a kill. */
  acknowledged: number | null
  /** Sent after that, never answered. */
  unanswered: number | null | undefined
}

export const untouched = (): History => ({ acknowledged: null, unanswered: undefined })

/** What is wrong with the stars that stand; undefined when they are the last acknowledged or a later unanswered one. */
export function judge({ acknowledged, unanswered }: History, stands: number | null): string | undefined {
  if (stands === acknowledged || (unanswered !== undefined && stands === unanswered)) return undefined
  const later = unanswered === undefined ? '' : `, then ${unanswered} was sent`
  return `${stands} stands, ${acknowledged} was acknowledged${later}`
}

/** How a film is rated when these stars stand. */
export function figuresOf(stars: readonly (number | null)[]) {
  const given = stars.filter((one) => one !== null)
  const histogram = Array<number>(10).fill(0)
  for (const one of given) histogram[one * 2 - 1] = (histogram[one * 2 - 1] ?? 0) + 1
  const sum = given.reduce((total, one) => total + one, 0)
  return { average: given.length > 0 ? sum / given.length : null, count: given.length, histogram }
}
