import { useState } from 'react'
import { withTheirs } from './with-theirs.ts'

type Saved<Fields> = { version: number; fields: Fields }

/**
 * A form's fields over something that other owners change too. A newer version brings theirs in where nothing was written
 * here; `changed` says between what they changed it, until somebody decides.
 */
export function useSharedFields<Fields extends object>(saved: Saved<Fields>) {
  const [fields, setFields] = useState(saved.fields)
  const [seen, setSeen] = useState(saved)
  const [changed, setChanged] = useState<{ before: Fields; now: Fields }>()
  const [taken, setTaken] = useState(0)
  const isNewer = saved.version > seen.version
  // What I saved may come back written in another way, such as rows.
  const isMine = saved.version === seen.version && !isSame(saved.fields, seen.fields)
  if (isNewer || isMine) {
    setSeen(saved)
    setFields(withTheirs(fields, seen.fields, saved.fields))
    if (isNewer && !isSame(saved.fields, seen.fields))
      setChanged({ before: changed?.before ?? seen.fields, now: saved.fields })
  }
  return {
    fields,
    setFields,
    version: seen.version,
    saved: seen.fields,
    changed,
    /** Counts how often theirs replaced all that was written here. */
    taken,
    take() {
      setFields(seen.fields)
      setChanged(undefined)
      setTaken(taken + 1)
    },
    /** This version is what I have just saved, so nobody else's. */
    settle(version: number, sent: Fields) {
      setSeen({ version, fields: sent })
      setChanged(undefined)
    },
  }
}

export type SharedFields<Fields extends object> = ReturnType<typeof useSharedFields<Fields>>

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)
