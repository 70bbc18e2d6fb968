import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { placeHouse } from '../../../seat-map/geometry.ts'
import '../../../seat-map/seat-map.css'
import { SeatMap } from '../../../seat-map/seat-map.tsx'
import { useZoneLabel } from '../../../seat-map/zone-label.ts'
import type { Layout } from '../manage-types.ts'
import type { Preview } from './use-preview.ts'

/** The hall as buyers will see it, and what it holds in words. */
export function HallMap({ preview }: { preview: Preview }) {
  const { t } = useTranslation('manage')
  const { layout, state } = preview
  return (
    <section aria-label={t('hall.label')} className="hall" data-stale={state === 'wrong' || undefined}>
      {layout ? (
        <>
          <Drawn layout={layout} />
          <Summary layout={layout} stale={state === 'wrong'} />
        </>
      ) : (
        <p className="hall-empty">{t(state === 'drawing' ? 'hall.drawing' : 'hall.empty')}</p>
      )}
      {state === 'failed' ? <p className="text-bad">{t('hall.failed')}</p> : null}
    </section>
  )
}

function Drawn({ layout }: { layout: Layout }) {
  const { t } = useTranslation('manage')
  const zoneLabel = useZoneLabel()
  const house = useMemo(() => placeHouse(layout), [layout])
  return (
    <div aria-hidden="true" inert className="hall-drawing" data-far={house.width > 900 || undefined}>
      <SeatMap
        house={house}
        label=""
        rowLabel={(name) => name}
        zoneLabel={zoneLabel}
        screenLabel={t('hall.screen')}
        stateOf={() => 'free'}
        nameOf={(placed) => placed.seat.label}
        onToggle={() => {}}
      />
    </div>
  )
}

function Summary({ layout, stale }: { layout: Layout; stale: boolean }) {
  const { t } = useTranslation('manage')
  const zoneLabel = useZoneLabel()
  const zones = new Map<string, number>()
  for (const seat of layout.seats) zones.set(seat.zone, (zones.get(seat.zone) ?? 0) + 1)
  const special = (['wheelchair', 'companion', 'sofa'] as const)
    .map((kind) => ({ kind, count: layout.seats.filter((seat) => seat.kind === kind).length }))
    .filter(({ count }) => count > 0)
  const parts = [
    t('hall.seats', { count: layout.seats.length }),
    t('hall.rows', { count: new Set(layout.seats.map((seat) => seat.row)).size }),
    ...special.map(({ kind, count }) => t(`hall.${kind}`, { count })),
    ...(zones.size > 1 ? [...zones].map(([zone, count]) => `${zoneLabel(zone)} ${count}`) : []),
  ]
  return (
    <p role="status" className="mt-3 text-center">
      {stale ? `${t('hall.stale')} ` : ''}
      {parts.join(', ')}
    </p>
  )
}
