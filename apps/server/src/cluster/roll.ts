import { gatewayName } from '../services.ts'
import type { Child } from './child.ts'

/**
 * Replaces every part by a new process of itself, one at a time, doors last: whoever a door of the new kind calls is
 * of the new kind already. Stops at the first that does not open, and the rest go on as they were.
 */
export function createRoll(children: readonly Child[], say: (line: string) => void): () => Promise<void> {
  let rolling = false
  return async () => {
    if (rolling) return say('The parts are being replaced already')
    rolling = true
    const began = performance.now()
    try {
      say(`Replacing ${children.length} parts, one at a time`)
      for (const child of doorsLast(children)) await child.replace()
      say(`Every part was replaced in ${((performance.now() - began) / 1000).toFixed(0)} s`)
    } catch (error) {
      say(`Replacing the parts stopped: ${error instanceof Error ? error.message : String(error)}`)
    } finally {
      rolling = false
    }
  }
}

const doorsLast = (children: readonly Child[]): Child[] =>
  children.toSorted((one, other) => Number(isDoor(one)) - Number(isDoor(other)))

const isDoor = ({ services }: Child): boolean => services.includes(gatewayName)
