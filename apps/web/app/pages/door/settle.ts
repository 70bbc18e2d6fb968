import { send } from '../../api/browser.ts'
import { forgetScan, keepConflict, keptQueue } from './door-store.ts'
import type { Conflict, QueuedScan } from './door-types.ts'
import { type Settled, settleQueue, type TellScans } from './settle-queue.ts'

// A little longer than the house gives itself.
const patience = 35_000

let settling: Promise<void> | undefined

/** Tells the house of whom this browser's doors let in without it. Asked for meanwhile, it is the same telling. */
export function settle(): Promise<void> {
  settling ??= settleQueue(keptQueue(), tellScans, heard).finally(() => {
    settling = undefined
  })
  return settling
}

function heard(answers: readonly Settled[]): void {
  const told = new Map(answers.map((answer) => [answer.scanId, answer]))
  // Another door in this browser may settle too; what it has settled does not wait any more.
  for (const scan of keptQueue()) {
    const answer = told.get(scan.scanId)
    if (!answer) continue
    const conflict = conflictOf(scan, answer)
    if (conflict) keepConflict(conflict)
    forgetScan(scan.scanId)
  }
}

/** Admitted here, refused there. */
function conflictOf({ result: here, scanId, seat, scannedAt }: QueuedScan, { result }: Settled) {
  const conflict: Conflict = { scanId, seat, scannedAt, result }
  return here === 'admitted' && result !== 'admitted' ? conflict : undefined
}

const tellScans: TellScans = async (sent) => {
  const scans = sent.map(({ code, showId, scanId, scannedAt }) => ({ code, showId, scanId, scannedAt }))
  const answer = await send<{ items: Settled[] }>('POST', '/api/check-in/batch', {
    body: { scans },
    signal: AbortSignal.timeout(patience),
  }).catch(() => undefined)
  return answer?.ok ? answer.value.items : undefined
}
