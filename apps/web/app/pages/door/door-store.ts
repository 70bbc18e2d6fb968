import type { Conflict, DoorKey, DoorShow, Manifest, QueuedScan } from './door-types.ts'

/** What a door keeps on its device, so that it goes on without a network and after a reload. */
export type Kept = {
  show?: DoorShow
  manifest?: Manifest
  keys: DoorKey[]
  queue: QueuedScan[]
  conflicts: Conflict[]
}
const place = 'door'
const nothing: Kept = { keys: [], queue: [], conflicts: [] }

export function loadKept(): Kept {
  const stored = localStorage.getItem(place)
  return stored ? { ...nothing, ...(JSON.parse(stored) as Kept) } : nothing
}

export const keep = (kept: Kept): void => localStorage.setItem(place, JSON.stringify(kept))

export const soundIsOn = () => localStorage.getItem('door-sound') !== 'off'
export const setSound = (on: boolean) => localStorage.setItem('door-sound', on ? 'on' : 'off')
