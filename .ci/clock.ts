import type { Reporter } from 'vitest/node'

const began = performance.now()

/** Says when each file of tests began, so that a run that is cut off tells what it was at, and since when. */
export const clock: Reporter = {
  onTestModuleStart(module) {
    const seconds = Math.round((performance.now() - began) / 1000)
    const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
    console.log(`${time} ${module.project.name} ${module.relativeModuleId} begins`)
  },
}
