import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { type ConfigFile, parseConfigFile } from './file.ts'
import { pollFiles } from './poll-files.ts'
import { BadSettingError } from './problems.ts'
import { said, type WatchedSource } from './watch.ts'

/** Settings from a file like `marquee.yaml`, read again when it changes. A file that is not there says nothing. */
export function watchFile(path: string): WatchedSource {
  const name = basename(path)
  const text = (): string => {
    try {
      return readFileSync(path, 'utf8')
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
      throw new BadSettingError([`${name} cannot be read: ${error instanceof Error ? error.message : error}`])
    }
  }
  let known: string | undefined
  const read = (): ConfigFile => {
    known = undefined
    const now = text()
    known = now
    return parseConfigFile(now, name)
  }
  return {
    name,
    first: async () => said(read),
    follow(onChange) {
      const look = () => {
        const before = known
        const now = said(read)
        if (known === undefined || known !== before) onChange(now)
      }
      const stop = pollFiles(() => [path], look)
      // It may have changed since it was read first.
      look()
      return async () => stop()
    },
  }
}
