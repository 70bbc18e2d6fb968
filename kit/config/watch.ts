/** A source of settings that may change while the server runs: a file, etcd. */
export type WatchedConfig = {
  /** Told of every change, with the settings by service; the returned function stops watching. */
  watch(listener: (sections: Readonly<Record<string, unknown>>) => void): () => void
}
