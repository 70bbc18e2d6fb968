import type { ConfigFile } from './file.ts'

/** What a watched source says: settings, or why they cannot be read as such (a `BadSettingError`). */
export type Said = ConfigFile | Error

/** A source of settings that may change while the server runs: a file, etcd. */
export type WatchedSource = {
  /** For messages: `live.yaml`, `etcd`. */
  name: string
  /** Resolves with what it says now. Rejects when it cannot be asked. */
  first: () => Promise<Said>
  /** Told of every change after the first, once each; the returned function stops watching. */
  follow: (onChange: (said: Said) => void) => () => Promise<void>
}

/** Reads what a source holds; what is wrong with it becomes what it says. */
export function said(read: () => ConfigFile): Said {
  try {
    return read()
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}
