import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Chosen } from '../../seat-map/choice.ts'
import type { PlacedSeat } from '../../seat-map/geometry.ts'
import { useAnnounce } from '../../ui/announcer.tsx'

type Watch = {
  chosen: Chosen[]
  seats: ReadonlyMap<string, PlacedSeat>
  isTaken: (seatId: string) => boolean
  /** While a hold is on its way, or its answer was lost, its own seats are no loss. */
  paused: boolean
  remove: (seatIds: readonly string[]) => void
}

/** Chosen seats that somebody else took: they leave the choice, stay marked, and it is said. */
export function useLostSeats({ chosen, seats, isTaken, paused, remove }: Watch) {
  const { t } = useTranslation('booking')
  const announce = useAnnounce()
  const [lost, setLost] = useState<string[]>([])
  useEffect(() => {
    const gone = chosen.map((one) => one.seatId).filter(isTaken)
    if (gone.length === 0 || paused) return
    remove(gone)
    setLost(gone)
    const names = gone.map((seatId) => {
      const seat = seats.get(seatId)?.seat
      return t('map.seat', { row: seat?.row, number: seat?.number })
    })
    announce(t('map.lost', { seats: names.join(', '), count: gone.length }))
  }, [chosen, isTaken, paused, remove, seats, t, announce])
  return { lost, setLost }
}
