import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { type ConfigFile, configFileOf } from './file.ts'

/** The last good settings of a watched source. */
export type Kept = { read: () => ConfigFile | undefined; write: (document: ConfigFile) => void }

/** Keeps them in a file that only its owner reads: there may be secrets among them. */
export function keptDocument(path: string): Kept {
  return {
    read() {
      try {
        const { name, ...content } = JSON.parse(readFileSync(path, 'utf8'))
        return configFileOf(content.content, `the last good ${name}`)
      } catch {
        // Never written, or not by us: there is nothing to go back to.
        return undefined
      }
    },
    write({ name, sections, profiles }) {
      const content = { ...sections, profiles }
      const beside = `${path}.${process.pid}`
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
      writeFileSync(beside, JSON.stringify({ name, content }), { mode: 0o600 })
      renameSync(beside, path)
    },
  }
}
