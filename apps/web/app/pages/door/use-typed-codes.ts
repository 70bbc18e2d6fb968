import { type RefObject, useEffect } from 'react'

/** A hand scanner types: wherever the keyboard is, what it types goes into this field, and Enter with it. */
export function useTypedCodes(field: RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { key, target, ctrlKey, metaKey, altKey, isComposing } = event
      // Space presses what has the focus, and no code has one.
      if (key.length !== 1 || key === ' ' || ctrlKey || metaKey || altKey || isComposing) return
      if (target instanceof Element && target.closest('input, select, textarea, [contenteditable], dialog'))
        return
      field.current?.focus()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [field])
}
