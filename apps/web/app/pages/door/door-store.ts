import { onDevice } from '../../util/storage.ts'
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
  const stored = onDevice.readJson(place) as Kept | undefined
  return { ...nothing, ...stored }
}

export const keep = (kept: Kept): void => onDevice.write(place, JSON.stringify(kept))

export const soundIsOn = () => onDevice.read('door-sound') !== 'off'
export const setSound = (on: boolean) => onDevice.write('door-sound', on ? 'on' : 'off')
