type Keeper = {
  read: (name: string) => string | null
  /** What was kept as JSON; undefined when there is nothing, or nothing that can be read. */
  readJson: (name: string) => unknown
  write: (name: string, value: string) => void
  forget: (name: string) => void
  /** What is kept under names that begin so. */
  names: (beginning: string) => string[]
}

/** What this browser keeps for the site. One that refuses to (cookies blocked, no room left) keeps it until a reload. */
function keeper(storage: () => Storage): Keeper {
  const memory = new Map<string, string>()
  const attempt = <Value>(work: () => Value): Value | undefined => {
    try {
      return work()
    } catch {
      return undefined
    }
  }
  const read = (name: string) => memory.get(name) ?? attempt(() => storage().getItem(name)) ?? null
  return {
    read,
    readJson: (name) => attempt((): unknown => JSON.parse(read(name) ?? '')),
    write(name, value) {
      memory.delete(name)
      try {
        storage().setItem(name, value)
      } catch {
        memory.set(name, value)
      }
    },
    forget(name) {
      memory.delete(name)
      attempt(() => storage().removeItem(name))
    },
    names(beginning) {
      const names = [...memory.keys(), ...(attempt(() => Object.keys(storage())) ?? [])]
      return [...new Set(names)].filter((name) => name.startsWith(beginning))
    },
  }
}

export const onDevice = keeper(() => window.localStorage)
export const inTab = keeper(() => window.sessionStorage)
