import { execFile } from 'node:child_process'
import { copyFile, mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** Copies a folder that may change meanwhile: a file that vanishes is left out. `skip` judges relative paths. */
export async function copyTree(
  from: string,
  to: string,
  skip: (path: string) => boolean = () => false,
): Promise<void> {
  const files: string[] = []
  await walk('')
  for (let at = 0; at < files.length; at += 16)
    await Promise.all(files.slice(at, at + 16).map((path) => copyIfThere(join(from, path), join(to, path))))

  async function walk(folder: string): Promise<void> {
    await mkdir(join(to, folder), { recursive: true, mode: 0o700 })
    for (const entry of await readdir(join(from, folder), { withFileTypes: true })) {
      const path = join(folder, entry.name)
      if (skip(path)) continue
      if (entry.isDirectory()) await walk(path)
      else if (entry.isFile()) files.push(path)
    }
  }
}

/** Copies a file; one that vanished meanwhile is left out. */
export async function copyIfThere(from: string, to: string): Promise<void> {
  try {
    await copyFile(from, to)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
}

/** Has everything that was written under the folder's file system reach the disk, where `sync` can do that. */
export async function syncToDisk(folder: string): Promise<void> {
  // macOS knows no -f; its own write-back has to do there.
  await promisify(execFile)('sync', ['-f', folder]).catch(() => {})
}
