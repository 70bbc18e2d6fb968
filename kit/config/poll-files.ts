import { statSync } from 'node:fs'

const every = 200

/**
 * Tells when files change, come or go. Looks at them rather than being told: an editor that renames over a file, a
 * symbolic link that is swapped as Kubernetes does, and a network's file system all look the same then. A file is
 * reported once it has stood still for a look, so that nobody reads half of it.
 */
export function pollFiles(
  paths: () => Iterable<string>,
  onChange: () => void,
  everyMilliseconds = every,
): () => void {
  const look = () => [...paths()].map((path) => `${path} ${stampOf(path)}`).join('\n')
  let told = look()
  let before = told
  const timer = setInterval(() => {
    const now = look()
    const still = now === before
    before = now
    if (!still || now === told) return
    told = now
    onChange()
  }, everyMilliseconds)
  timer.unref()
  return () => clearInterval(timer)
}

function stampOf(path: string): string {
  try {
    // Follows links: what counts is the file that would be read.
    const stat = statSync(path, { throwIfNoEntry: false, bigint: true })
    return stat ? `${stat.dev} ${stat.ino} ${stat.size} ${stat.mtimeNs}` : 'absent'
  } catch (error) {
    // Forbidden, or a network's file system in trouble: whoever reads it says so.
    return `unseen ${error instanceof Error && 'code' in error ? error.code : ''}`
  }
}
