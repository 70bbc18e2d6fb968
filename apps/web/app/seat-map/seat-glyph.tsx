import { memo } from 'react'
import type { PlacedSeat } from './geometry.ts'

/** `lost` was mine until somebody else took it. */
export type SeatState = 'free' | 'mine' | 'taken' | 'lost'

type Props = { placed: PlacedSeat; state: SeatState; zoneIndex: number }

const shell = 'M-13-11V4q0 9 9 9h8q9 0 9-9v-15'
const sofas = {
  right: { line: 'M-15-11V5q0 8 8 8H20M-9 6.5H20', fill: 'M-15-11V5q0 8 8 8H20V-11Z' },
  left: { line: 'M15-11V5q0 8-8 8H-20M9 6.5H-20', fill: 'M15-11V5q0 8-8 8H-20V-11Z' },
  alone: { line: 'M-15-11V5q0 8 8 8H7q8 0 8-8V-11M-9 6.5H9', fill: 'M-15-11V5q0 8 8 8H7q8 0 8-8V-11Z' },
}
/** Zones differ by what is drawn on the backrest, not by colour. */
const zoneMarks = ['', 'M-6 9H6', 'M-7 9H-2M2 9H7', 'M0 7V11', 'M-4 7V11M4 7V11']

export const SeatGlyph = memo(function SeatGlyph({ placed, state, zoneIndex }: Props) {
  const { seat, joins } = placed
  if (state === 'taken' || state === 'lost') {
    return (
      <>
        <circle r="3.2" className="seat-dot" />
        {state === 'lost' ? <path d="M-9-9 9 9M9-9-9 9" className="seat-lost" /> : null}
      </>
    )
  }
  const sofa = seat.kind === 'sofa' ? sofas[joins ?? 'alone'] : undefined
  const fill = sofa?.fill ?? `${shell}Z`
  return (
    <>
      {state === 'mine' ? <path d={fill} className="seat-fill" /> : null}
      {seat.kind === 'wheelchair' ? null : <path d={sofa?.line ?? shell} className="seat-line" />}
      {state === 'mine' ? (
        <path d="M-6-1l4.5 5L7-6" className="seat-tick" />
      ) : (
        <Sign seat={seat} zoneIndex={zoneIndex} />
      )}
    </>
  )
})

function Sign({ seat, zoneIndex }: { seat: PlacedSeat['seat']; zoneIndex: number }) {
  if (seat.kind === 'wheelchair') {
    return (
      <g className="seat-sign">
        <circle cx="-2" cy="-11.5" r="2.6" />
        <path d="M-2-7V2H6L9 9M-2-3H5M-6-2.5A7.5 7.5 0 1 0 5.4 6.5" />
      </g>
    )
  }
  if (seat.kind === 'companion') {
    return (
      <g className="seat-sign">
        <circle cy="-6.5" r="2.6" />
        <path d="M-5.5 5.5q0-7.5 5.5-7.5t5.5 7.5" />
      </g>
    )
  }
  return (
    <>
      <text y="3.5" className="seat-number">
        {seat.number}
      </text>
      {seat.restrictedView ? <path d="M-9-6.5 9 7" className="seat-restricted" /> : null}
      {seat.kind === 'sofa' ? null : (
        <path d={zoneMarks[zoneIndex % zoneMarks.length]} className="seat-zone" />
      )}
    </>
  )
}
