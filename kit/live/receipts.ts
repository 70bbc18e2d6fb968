export type Receipts = {
  /** So many more signals are to be sent. */
  expect(count: number): void
  /** So many were sent, the earliest first, or never will be. */
  note(count: number): void
  /** Resolves once everything expected so far was noted, or when that takes too long. */
  all(): Promise<void>
}

/** Nobody waits longer than this to hear that the others were told: a connection is made anew within it. */
const patience = 10_000

/** Counts what was to be sent against what was, for those who wait until theirs is. */
export function createReceipts(): Receipts {
  let [expected, noted] = [0, 0]
  let waiting: { count: number; go: () => void }[] = []

  return {
    expect(count) {
      expected += count
    },
    note(count) {
      noted += count
      const due = waiting.filter((one) => one.count <= noted)
      if (due.length === 0) return
      waiting = waiting.filter((one) => one.count > noted)
      for (const { go } of due) go()
    },
    all() {
      if (noted >= expected) return Promise.resolve()
      return new Promise((resolve) => {
        const timer = setTimeout(leave, patience)
        const own = { count: expected, go: leave }
        waiting.push(own)
        function leave() {
          clearTimeout(timer)
          waiting = waiting.filter((one) => one !== own)
          resolve()
        }
      })
    },
  }
}
