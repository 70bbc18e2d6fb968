import { type FocusEvent, type KeyboardEvent, type MouseEvent, memo, useRef, useState } from 'react'
import { type House, type PlacedSeat, pitch } from './geometry.ts'
import { SeatGlyph, type SeatState } from './seat-glyph.tsx'
import { walk } from './walk.ts'

type Props = {
  house: House
  label: string
  rowLabel: (name: string) => string
  zoneLabel: (zone: string) => string
  screenLabel: string
  stateOf: (seatId: string) => SeatState
  nameOf: (placed: PlacedSeat) => string
  onToggle: (seatId: string) => void
}

/** Drawn for the eye only; what matters of it is in the seats' names. */
const decoration = { 'aria-hidden': true } as const

/** The house as a grid: arrows walk, space chooses. Everything drawn has a name. */
export function SeatMap({
  house,
  label,
  rowLabel,
  zoneLabel,
  screenLabel,
  stateOf,
  nameOf,
  onToggle,
}: Props) {
  const [active, setActive] = useState<string>()
  const map = useRef<SVGSVGElement>(null)
  const entry = active ?? entrySeat(house, stateOf)

  function goTo(seatId: string | undefined) {
    if (seatId === undefined) return
    setActive(seatId)
    map.current?.querySelector<SVGElement>(`[data-seat="${CSS.escape(seatId)}"]`)?.focus()
  }
  const seatOf = ({ target }: { target: EventTarget }) =>
    target instanceof Element ? target.closest('[data-seat]')?.getAttribute('data-seat') : undefined
  // Where Tab came in stays the way back, whatever is taken meanwhile.
  function onFocus(event: FocusEvent) {
    const seatId = seatOf(event)
    if (seatId) setActive(seatId)
  }
  function onKeyDown(event: KeyboardEvent) {
    const seatId = seatOf(event)
    if (!seatId) return
    if (event.key === ' ' || event.key === 'Enter') onToggle(seatId)
    else {
      const next = walk(house, seatId, event.key, event.ctrlKey || event.metaKey)
      if (next === undefined) return
      goTo(next)
    }
    event.preventDefault()
  }
  function onClick(event: MouseEvent) {
    const seatId = seatOf(event)
    if (!seatId) return
    goTo(seatId)
    onToggle(seatId)
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a table cannot be drawn along a curve
    <svg
      ref={map}
      viewBox={`0 0 ${house.width} ${house.height}`}
      className="seat-map"
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the drawing is the grid
      role="grid"
      aria-label={label}
      aria-multiselectable="true"
      onFocus={onFocus}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      <Beam house={house} label={screenLabel} />
      {house.labels.map((one) => (
        <g key={`${one.zone}-${one.y}`} {...decoration}>
          <text x={one.x} y={one.y} className="map-zone">
            {zoneLabel(one.zone)}
          </text>
        </g>
      ))}
      {house.rows.map((row) => (
        // biome-ignore lint/a11y/useSemanticElements: a table cannot be drawn along a curve
        <g key={row.key} role="row" aria-label={rowLabel(row.name)}>
          <RowLetters seats={row.seats} name={row.name} />
          {row.seats.map((placed) => (
            <Cell
              key={placed.seat.id}
              placed={placed}
              state={stateOf(placed.seat.id)}
              name={nameOf(placed)}
              zoneIndex={house.zones.indexOf(placed.seat.zone)}
              entry={placed.seat.id === entry}
            />
          ))}
        </g>
      ))}
    </svg>
  )
}

type CellProps = { placed: PlacedSeat; state: SeatState; name: string; zoneIndex: number; entry: boolean }

const Cell = memo(function Cell({ placed, state, name, zoneIndex, entry }: CellProps) {
  const { seat, x, y, turn } = placed
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table cannot be drawn along a curve
    <g
      role="gridcell"
      data-seat={seat.id}
      data-state={state}
      tabIndex={entry ? 0 : -1}
      aria-label={name}
      aria-selected={state === 'mine'}
      aria-disabled={state === 'taken' || state === 'lost' || undefined}
      className="seat"
      transform={`translate(${x} ${y}) rotate(${turn})`}
    >
      <rect x={-pitch / 2} y="-22" width={pitch} height="44" className="seat-target" />
      <SeatGlyph placed={placed} state={state} zoneIndex={zoneIndex} />
    </g>
  )
})

/** A row's letter at both ends and in its aisles, so that it is in sight however close one is. */
function RowLetters({ seats, name }: { seats: PlacedSeat[]; name: string }) {
  const first = seats[0]
  const last = seats.at(-1)
  if (!first || !last) return null
  const aisles = seats.flatMap((seat, index) => {
    const before = seats[index - 1]
    if (!before || seat.x - before.x < pitch * 1.9) return []
    return [{ x: (seat.x + before.x) / 2, y: (seat.y + before.y) / 2 }]
  })
  const places = [{ x: first.x - 34, y: first.y }, ...aisles, { x: last.x + 34, y: last.y }]
  return (
    <g {...decoration} className="map-letter">
      {places.map(({ x, y }) => (
        <text key={x} x={x} y={y + 6}>
          {name}
        </text>
      ))}
    </g>
  )
}

/** The screen, and what it throws into the house. */
function Beam({ house, label }: { house: House; label: string }) {
  const { left, right, y } = house.screen
  const middle = (left + right) / 2
  const foot = Math.min(house.height, y + 420)
  return (
    <g {...decoration}>
      <defs>
        <linearGradient id="beam" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" className="beam-near" />
          <stop offset="1" className="beam-far" />
        </linearGradient>
      </defs>
      <path
        d={`M${left} ${y}Q${middle} ${y - 14} ${right} ${y}L${house.width - 8} ${foot}H8Z`}
        fill="url(#beam)"
        className="beam"
      />
      <path d={`M${left} ${y}Q${middle} ${y - 14} ${right} ${y}`} className="beam-screen" />
      <text x={middle} y={y + 24} className="map-screen">
        {label}
      </text>
    </g>
  )
}

/** Where Tab enters: my first seat, else the free one nearest to the middle of the house. */
function entrySeat(house: House, stateOf: (seatId: string) => SeatState): string | undefined {
  const all = house.rows.flatMap((row) => row.seats)
  const mine = all.find((one) => stateOf(one.seat.id) === 'mine')
  if (mine) return mine.seat.id
  const row = house.rows[Math.floor(house.rows.length / 2)]
  const middle = row?.seats[Math.floor(row.seats.length / 2)]
  if (!middle) return undefined
  let nearest = middle
  let shortest = Number.POSITIVE_INFINITY
  for (const one of all) {
    const distance = Math.hypot(one.x - middle.x, one.y - middle.y)
    if (distance >= shortest || stateOf(one.seat.id) !== 'free') continue
    nearest = one
    shortest = distance
  }
  return nearest.seat.id
}
