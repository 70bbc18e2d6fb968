import { inTab, onDevice } from '../../util/storage.ts'
import type { Conflict, DoorKey, DoorShow, Manifest, QueuedScan } from './door-types.ts'

/** What a door keeps on its device, so that it goes on without a network and after a reload. */
export type Kept = {
  manifest: Manifest | undefined
  keys: DoorKey[]
  queue: QueuedScan[]
  conflicts: Conflict[]
}

// A name for each list, scan and conflict: two doors open in one browser write over nothing of the other's.
const places = {
  show: 'door-show',
  keys: 'door-keys',
  list: 'door-list:',
  listed: 'door-listed:',
  scan: 'door-scan:',
  conflict: 'door-conflict:',
}
const keepListsMs = 2 * 24 * 3_600_000

const write = (name: string, value: unknown) => onDevice.write(name, JSON.stringify(value))
const all = <Of extends { scannedAt: string }>(beginning: string): Of[] =>
  onDevice
    .names(beginning)
    .flatMap((name) => (onDevice.readJson(name) as Of | undefined) ?? [])
    .toSorted((a, b) => a.scannedAt.localeCompare(b.scannedAt))

/** As it is now: another door in this browser may have changed it. Scans of every show wait in one queue. */
export function loadKept(showId: string): Kept {
  splitOld()
  return {
    manifest: onDevice.readJson(places.list + showId) as Manifest | undefined,
    keys: (onDevice.readJson(places.keys) as DoorKey[] | undefined) ?? [],
    queue: keptQueue(),
    conflicts: all<Conflict>(places.conflict),
  }
}

export const keptQueue = (): QueuedScan[] => all<QueuedScan>(places.scan)

/** Shows that this device can let guests in to without a network, the next first. */
export function keptShows(): DoorShow[] {
  splitOld()
  return onDevice
    .names(places.listed)
    .filter((name) => onDevice.read(places.list + name.slice(places.listed.length)) !== null)
    .flatMap((name) => (onDevice.readJson(name) as DoorShow | undefined) ?? [])
    .toSorted((a, b) => a.startsAt.localeCompare(b.startsAt))
}

/** Lists of shows long past go: their guests' seats are nobody's business any more. */
export function keepList(manifest: Manifest): void {
  write(places.list + manifest.show.id, manifest)
  for (const name of onDevice.names(places.list)) {
    const list = onDevice.readJson(name) as Manifest | undefined
    // By the clock of who made the list, for this device's may be wrong.
    const age = list
      ? Date.parse(manifest.generatedAt) - Date.parse(list.show.startsAt)
      : Number.POSITIVE_INFINITY
    if (age <= keepListsMs || list?.show.id === manifest.show.id) continue
    onDevice.forget(name)
    onDevice.forget(name.replace(places.list, places.listed))
  }
}
/** The show of a list that is kept: one may come back to it without a network. */
export const keepShow = (show: DoorShow): void => write(places.listed + show.id, show)
export const keepKeys = (keys: DoorKey[]): void => write(places.keys, keys)
export const keepScan = (scan: QueuedScan): void => write(places.scan + scan.scanId, scan)
export const forgetScan = (scanId: string): void => onDevice.forget(places.scan + scanId)
export const keepConflict = (conflict: Conflict): void => write(places.conflict + conflict.scanId, conflict)
export const forgetConflicts = (): void => onDevice.names(places.conflict).forEach(onDevice.forget)

/** The show this tab is the door of; in a new tab the one chosen last. */
export function chosenShow(): DoorShow | undefined {
  splitOld()
  return (inTab.readJson(places.show) ?? onDevice.readJson(places.show)) as DoorShow | undefined
}
export function chooseShow(show: DoorShow | undefined): void {
  for (const place of [inTab, onDevice])
    if (show) place.write(places.show, JSON.stringify(show))
    else place.forget(places.show)
}

/** Calls back when another door in this browser changes what is kept; gives what ends that. */
export function onOthersChange(changed: () => void): () => void {
  const heard = ({ key }: StorageEvent) => {
    if (key === null || key.startsWith('door-')) changed()
  }
  window.addEventListener('storage', heard)
  return () => window.removeEventListener('storage', heard)
}

const oldPlace = 'door'

/** A door of before kept everything as one; guests that it admitted may still wait to be told. */
function splitOld(): void {
  const old = onDevice.readJson(oldPlace) as (Partial<Kept> & { show?: DoorShow }) | undefined
  if (!old) return
  old.queue?.forEach(keepScan)
  old.conflicts?.forEach(keepConflict)
  if (old.keys) keepKeys(old.keys)
  if (old.manifest) keepList(old.manifest)
  if (old.show) chooseShow(old.show)
  onDevice.forget(oldPlace)
}

export const soundIsOn = () => onDevice.read('door-sound') !== 'off'
export const setSound = (on: boolean) => onDevice.write('door-sound', on ? 'on' : 'off')
