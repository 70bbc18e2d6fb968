import { AsyncLocalStorage } from 'node:async_hooks'
import type { RequestContext } from './context.ts'

/** When whoever waits gives up, on the clock of `performance.now()`; undefined once nobody waits any more. */
export type Deadline = { at: number | undefined }

/** What is known all along of whatever is being done: for which request or event, and how long somebody waits for it. */
export type Surroundings = { context: RequestContext | undefined; deadline: Deadline | undefined }

// One storage for both: each more is carried along by every step of every request.
export const surroundings = new AsyncLocalStorage<Surroundings>()
