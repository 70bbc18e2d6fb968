import { type Batcher, createBatcher } from '@marquee/kit/service'
import { isSqlError } from '@marquee/kit/sql'
import type { Persist, Persisted } from './persist-ratings.ts'

/** A rating on its way to being durable. `half` counts half stars, 1 to 10; 0 takes it back. */
export type IntakeRecord = {
  userId: string
  movieId: string
  half: number
  /** Its place in the intake; without one it is given its place when it is persisted. */
  sequence?: number
}

/**
 * Takes ratings in; resolves once they are durable. What one person gives one film goes in in the order it came. Straight
 * into PostgreSQL, or, where a broker takes bursts, through its queue: `persist` says which.
 */
export type Intake = {
  submit: (record: IntakeRecord) => Promise<Persisted>
  /** How many wait or are under way. */
  waiting: () => number
  /** Resolves once nothing waits and nothing is under way. */
  idle: () => Promise<void>
}

type Deps = { persist: Persist; lanes: number; batchSize: number; onBatch?: (size: number) => void }

/** Gathers what comes while a batch commits into the next one; one lane a share of persons and films. */
export function createIntake({ persist, lanes: count, batchSize, onBatch }: Deps): Intake {
  const lanes: Batcher<IntakeRecord, Persisted>[] = Array.from({ length: count }, () =>
    createBatcher({
      run: (records) => {
        onBatch?.(records.length)
        return persist(records)
      },
      most: batchSize,
      hopeless: (error) => isSqlError(error, 'database-unreachable'),
    }),
  )
  let waiting = 0
  const done = () => {
    waiting -= 1
  }
  return {
    submit: (record) => {
      const lane = lanes[laneOf(record, count)]
      if (!lane) throw new Error('there is no lane')
      waiting += 1
      const persisted = lane.submit(record)
      persisted.then(done, done)
      return persisted
    },
    waiting: () => waiting,
    idle: async () => {
      await Promise.all(lanes.map((lane) => lane.idle()))
    },
  }
}

/** The last digits of both ids: random in every kind of UUID we make. */
function laneOf({ userId, movieId }: IntakeRecord, count: number): number {
  return (Number.parseInt(userId.slice(-6), 16) + Number.parseInt(movieId.slice(-6), 16)) % count
}
