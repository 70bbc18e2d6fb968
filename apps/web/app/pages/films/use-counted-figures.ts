import { useEffect, useState } from 'react'
import type { Figures } from '../../api/types.ts'
import { withMyStars } from '../../community/figures.ts'

/** Everybody's figures with what I changed since the page came: others' counting lags, mine must not. */
export function useCountedFigures(figures: Figures | undefined, mine: number | null | undefined) {
  const [counted, setCounted] = useState<{ in: Figures; stars: number | null }>()
  const known = mine !== undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: taken once for each answer of the server, not for each star
  useEffect(() => {
    if (figures && known) setCounted({ in: figures, stars: mine })
  }, [figures, known])
  if (!figures || mine === undefined || counted?.in !== figures || counted.stars === mine) return figures
  return withMyStars(figures, counted.stars, mine)
}
