import type { checkIn, doorKeys, doorManifest } from '@marquee/contracts/booking'
import type { myTheaters, ShowDetail } from '@marquee/contracts/theaters'
import type { z } from 'zod'

export type Verdict = z.output<(typeof checkIn)['responses'][200]>
export type Manifest = z.output<(typeof doorManifest)['responses'][200]>
export type DoorKey = z.output<(typeof doorKeys)['responses'][200]>['keys'][number]
export type DoorTheater = z.output<(typeof myTheaters)['responses'][200]>['items'][number]
export type DoorShow = ShowDetail

/** A scan that the server has not confirmed yet. */
export type QueuedScan = {
  code: string
  showId: string
  scanId: string
  scannedAt: string
  result: Verdict['result']
  seat: string
}
/** What an offline door admitted and the house then refused. */
export type Conflict = { scanId: string; seat: string; result: Verdict['result']; scannedAt: string }
