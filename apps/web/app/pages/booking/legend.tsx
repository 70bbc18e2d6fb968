import { useTranslation } from 'react-i18next'
import type { House, PlacedSeat } from '../../seat-map/geometry.ts'
import { SeatGlyph, type SeatState } from '../../seat-map/seat-glyph.tsx'
import type { useSeatWords } from './use-seat-words.ts'

type Props = { house: House; words: ReturnType<typeof useSeatWords> }
type Entry = { key: string; sample: PlacedSeat; state: SeatState; text: string; zoneIndex?: number }

/** What the signs mean; only those that this house has. */
export function Legend({ house, words }: Props) {
  const { t } = useTranslation('booking')
  const all = house.rows.flatMap((row) => row.seats)
  const standard = all.find((one) => one.seat.kind === 'standard') ?? all[0]
  if (!standard) return null
  const plain = unnumbered(standard)
  const zones = house.zones.flatMap((zone, zoneIndex): Entry[] => {
    const sample =
      all.find((one) => one.seat.zone === zone && one.seat.kind === 'standard') ??
      all.find((one) => one.seat.zone === zone)
    if (!sample) return []
    const text = [words.zoneLabel(zone), words.priceOf(sample)].filter(Boolean).join(' ')
    return [{ key: zone, sample: unnumbered(sample), state: 'free', text, zoneIndex }]
  })
  const kinds = (['sofa', 'wheelchair', 'companion'] as const).flatMap((kind): Entry[] => {
    const sample = all.find((one) => one.seat.kind === kind)
    return sample ? [{ key: kind, sample: unnumbered(sample), state: 'free', text: t(`kind.${kind}`) }] : []
  })
  const restricted = all.find((one) => one.seat.restrictedView)
  const entries: Entry[] = [
    ...zones,
    { key: 'mine', sample: plain, state: 'mine', text: t('state.mine') },
    { key: 'taken', sample: plain, state: 'taken', text: t('state.taken') },
    ...kinds,
    ...(restricted
      ? [
          {
            key: 'restricted',
            sample: unnumbered(restricted),
            state: 'free' as const,
            text: t('map.restricted'),
          },
        ]
      : []),
  ]
  return (
    <ul className="legend" aria-label={t('map.legend')}>
      {entries.map((entry) => (
        <li key={entry.key}>
          <svg viewBox="-20 -20 40 40" width="30" height="30" className="seat-map" aria-hidden="true">
            <g className="seat" data-state={entry.state}>
              <SeatGlyph placed={entry.sample} state={entry.state} zoneIndex={entry.zoneIndex ?? 0} />
            </g>
          </svg>
          {entry.text}
        </li>
      ))}
    </ul>
  )
}

const unnumbered = (placed: PlacedSeat): PlacedSeat => ({
  seat: { ...placed.seat, number: '' },
  x: 0,
  y: 0,
  turn: 0,
})
