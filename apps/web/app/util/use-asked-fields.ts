import { useEffect, useRef } from 'react'
import { useAnnounce } from '../ui/announcer.tsx'

/**
 * For a form that asks by the address of its page: whenever that changes, its fields say what was asked and `found` is
 * read out. The form stays, and the focus in it.
 */
export function useAskedFields(asked: Record<string, string | undefined>, found: string) {
  const form = useRef<HTMLFormElement>(null)
  const announce = useAnnounce()
  const now = JSON.stringify(asked)
  const shown = useRef(now)
  useEffect(() => {
    if (shown.current === now || !form.current) return
    shown.current = now
    for (const [name, value = ''] of Object.entries(asked)) {
      const field = form.current.elements.namedItem(name)
      if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) field.value = value
    }
    announce(found)
  })
  return form
}
