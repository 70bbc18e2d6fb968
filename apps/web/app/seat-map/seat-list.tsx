import type { House, PlacedSeat } from './geometry.ts'
import type { SeatState } from './seat-glyph.tsx'

type Props = {
  house: House
  caption: string
  columns: { row: string; seats: string; free: string }
  rowLabel: (name: string) => string
  zoneLabel: (zone: string) => string
  priceOf: (placed: PlacedSeat) => string
  kindOf: (placed: PlacedSeat) => string
  stateOf: (seatId: string) => SeatState
  nameOf: (placed: PlacedSeat) => string
  onToggle: (seatId: string) => void
}

/** The same house as a table: a line a row, a box a seat. */
export function SeatList(props: Props) {
  const { house, caption, columns, rowLabel, zoneLabel, stateOf, priceOf } = props
  return (
    <table className="seat-list">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{columns.row}</th>
          <th scope="col">{columns.seats}</th>
          <th scope="col" className="seat-list-free">
            {columns.free}
          </th>
        </tr>
      </thead>
      <tbody>
        {house.rows.map((row) => {
          const open = row.seats.filter((one) => isOpen(stateOf(one.seat.id)))
          const usual = mostCommon(open.map(priceOf))
          return (
            <tr key={row.key}>
              <th scope="row">
                <span className="condensed text-2xl leading-none">
                  <span className="sr-only">{rowLabel(row.name)}</span>
                  <span aria-hidden="true">{row.name}</span>
                </span>
                <span className="small-print block">{zoneLabel(row.seats[0]?.seat.zone ?? '')}</span>
                <span className="small-print block">{usual}</span>
              </th>
              <td>
                <ul className="seat-list-seats">
                  {open.map((placed) => (
                    <Line key={placed.seat.id} placed={placed} usual={usual} {...props} />
                  ))}
                </ul>
              </td>
              <td className="seat-list-free">{open.length}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function Line({
  placed,
  usual,
  stateOf,
  nameOf,
  priceOf,
  kindOf,
  onToggle,
}: Props & { placed: PlacedSeat; usual: string }) {
  const { seat } = placed
  const price = priceOf(placed)
  const told = [kindOf(placed), price === usual ? '' : price].filter(Boolean).join(', ')
  return (
    <li className={told ? 'seat-list-told' : undefined}>
      <label className="seat-line-label">
        <input
          type="checkbox"
          className="size-5 accent-(--accent)"
          checked={stateOf(seat.id) === 'mine'}
          onChange={() => onToggle(seat.id)}
          aria-label={nameOf(placed)}
        />
        <span aria-hidden="true">
          {seat.number} {told ? <span className="text-quiet text-xs">{told}</span> : null}
        </span>
      </label>
    </li>
  )
}

const isOpen = (state: SeatState) => state === 'free' || state === 'mine'

function mostCommon(values: string[]): string {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? ''
}
