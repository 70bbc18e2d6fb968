import type { ShowDetail } from '@marquee/contracts/theaters'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { firstOffer } from '../../seat-map/choice.ts'
import type { PlacedSeat } from '../../seat-map/geometry.ts'
import type { SeatState } from '../../seat-map/seat-glyph.tsx'
import { useZoneLabel } from '../../seat-map/zone-label.ts'
import { formatMoney } from '../../util/money.ts'

/** How rows, zones, prices and seats are spoken of. */
export function useSeatWords(prices: ShowDetail['prices']) {
  const { t, i18n } = useTranslation('booking')
  const zoneLabel = useZoneLabel()
  return useMemo(() => {
    const money = (value: { amount: number; currency: string }) => formatMoney(value, i18n.language)
    const priceOf = (placed: PlacedSeat) => {
      const offer = firstOffer(prices, placed.seat, anyone)
      return offer ? money(offer.price) : ''
    }
    return {
      money,
      zoneLabel,
      priceOf,
      kindOf: ({ seat: { kind } }: PlacedSeat) =>
        kind === 'wheelchair' || kind === 'companion' ? t(`kind.${kind}`) : '',
      rowLabel: (name: string) => t('map.row', { row: name }),
      nameOf: (placed: PlacedSeat, state: SeatState) => {
        const { row, number, zone, kind, restrictedView } = placed.seat
        return [
          t('map.seat', { row, number }),
          zoneLabel(zone),
          kind === 'standard' ? '' : t(`kind.${kind}`),
          restrictedView ? t('map.restricted') : '',
          priceOf(placed),
          t(`state.${state}`),
        ]
          .filter(Boolean)
          .join(', ')
      },
    }
  }, [prices, t, i18n.language, zoneLabel])
}

// A companion's price is told as if its wheelchair ticket were there.
const anyone = [{ seatId: '', ticketType: 'wheelchair' }]
