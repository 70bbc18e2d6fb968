export type LoopOptions = {
  /** Does what there is to do, and says how much that was. */
  work: () => Promise<number>
  /** How often to look without having been woken. */
  pollMilliseconds: number
  /** After work that left nothing behind, how long to let more gather before the next look. */
  lingerMilliseconds: number
  /** Work of this size says that there is more. */
  fullBatch: number
  onError: (error: unknown) => void
}

export type Loop = {
  /** There may be something to do. */
  wake(): void
  start(): void
  /** Works until nothing is left, and says how much it did; safe beside the running loop. */
  drain(): Promise<number>
  /** Resolves when the work that is in hand now is done; the loop goes on. */
  atRest(): Promise<void>
  /** Lets the work in hand finish. */
  stop(): Promise<void>
}

/** Works whenever it is woken, and once in a while anyway; never twice at a time. */
export function createLoop(options: LoopOptions): Loop {
  const { work, pollMilliseconds, lingerMilliseconds, fullBatch, onError } = options
  let awake = false
  let stopping = false
  let running: Promise<void> | undefined
  let turn: Promise<unknown> = Promise.resolve()
  let pause: { end: () => void; wakeable: boolean } | undefined

  const once = (): Promise<number> => {
    const mine = turn.then(work)
    turn = mine.catch(() => {})
    return mine
  }

  const rest = (milliseconds: number, wakeable: boolean) =>
    new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer)
        pause = undefined
        resolve()
      }
      const timer = setTimeout(end, milliseconds)
      pause = { end, wakeable }
    })

  async function run(): Promise<void> {
    while (!stopping) {
      awake = false
      let done = 0
      try {
        done = await once()
      } catch (error) {
        onError(error)
        if (!stopping) await rest(pollMilliseconds, false)
        continue
      }
      if (stopping) break
      if (done >= fullBatch) continue
      if (done > 0) await rest(lingerMilliseconds, false)
      else if (!awake) await rest(pollMilliseconds, true)
    }
  }

  return {
    wake() {
      awake = true
      if (pause?.wakeable) pause.end()
    },
    start() {
      running ??= run()
    },
    async drain() {
      let total = 0
      for (;;) {
        const done = await once()
        if (done === 0) return total
        total += done
      }
    },
    async atRest() {
      await turn
    },
    async stop() {
      stopping = true
      pause?.end()
      await running
      await turn
    },
  }
}
