import { type FileHandle, open, readFile } from 'node:fs/promises'

export type Journal = {
  /** Queues a record; it is on disk once `settled` resolves. */
  append: (record: object) => void
  /** Resolves when everything appended so far has reached the disk. */
  settled: () => Promise<void>
  close: () => Promise<void>
}

/**
 * Opens an append-only file of JSON lines and reads back what is in it. Records that come while a write is
 * under way are written and synced together by the next one. A last line cut short by a crash was never
 * answered to anybody and is dropped.
 */
export async function openJournal(path: string, read: (record: unknown) => void): Promise<Journal> {
  const file = await open(path, 'a')
  await replay(file, path, read)
  let lines: string[] = []
  let writing: Promise<void> | undefined
  let upcoming: Promise<void> | undefined

  async function write(): Promise<void> {
    const batch = `${lines.join('\n')}\n`
    lines = []
    try {
      await file.appendFile(batch)
      await file.datasync()
    } catch (error) {
      // What is in memory is not on disk: only a new start, which reads the disk, may answer again.
      setImmediate(() => {
        throw error
      })
      throw error
    }
  }

  function settled(): Promise<void> {
    if (lines.length === 0) return writing ?? Promise.resolve()
    upcoming ??= (writing ?? Promise.resolve()).then(() => {
      upcoming = undefined
      const current = write().finally(() => {
        if (writing === current) writing = undefined
      })
      writing = current
      return current
    })
    return upcoming
  }

  return {
    append: (record) => void lines.push(JSON.stringify(record)),
    settled,
    async close() {
      await settled()
      await file.close()
    },
  }
}

async function replay(file: FileHandle, path: string, read: (record: unknown) => void): Promise<void> {
  const text = await readFile(path)
  const whole = text.lastIndexOf(10) + 1
  if (whole < text.length) await file.truncate(whole)
  let start = 0
  while (start < whole) {
    const end = text.indexOf(10, start)
    read(JSON.parse(text.toString('utf8', start, end)))
    start = end + 1
  }
}
