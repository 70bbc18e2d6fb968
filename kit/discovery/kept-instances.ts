import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import type { Entry } from '../etcd/index.ts'

/** The instances known last, for a start at which nobody can be asked. */
export type KeptInstances = {
  read: () => readonly Entry[]
  write: (entries: readonly Entry[]) => void
}

const Entries = z.array(z.object({ key: z.string(), value: z.string() }))

/** Keeps them in a file, which processes that know the same may share. */
export function keptInstances(path: string): KeptInstances {
  return {
    read() {
      try {
        return Entries.parse(JSON.parse(readFileSync(path, 'utf8')))
      } catch {
        // Never written, or not by us: nobody is known.
        return []
      }
    },
    write(entries) {
      const beside = `${path}.${process.pid}`
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(beside, JSON.stringify(entries))
      renameSync(beside, path)
    },
  }
}
