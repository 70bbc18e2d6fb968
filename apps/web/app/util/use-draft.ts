import { useState } from 'react'
import { inTab } from './storage.ts'

const beginning = 'draft:'

/** Fields that a reload does not take away: kept in this tab under a name until `done`. */
export function useDraft<Fields extends Record<string, unknown>>(name: string, first: Fields) {
  const slot = beginning + name
  const [fields, setFields] = useState<Fields>(() => ({ ...first, ...(inTab.readJson(slot) as object) }))
  function set(part: Partial<Fields>) {
    const next = { ...fields, ...part }
    inTab.write(slot, JSON.stringify(next))
    setFields(next)
  }
  return { fields, set, done: () => inTab.forget(slot) }
}

/** What somebody was writing is nobody else's to read. */
export const forgetDrafts = (): void => inTab.names(beginning).forEach(inTab.forget)
