import { useEffect, useState } from 'react'
import { send } from '../../../api/browser.ts'
import type { Layout } from '../manage-types.ts'

export type LineError = { line: number | undefined; text: string }
export type Preview = {
  state: 'empty' | 'drawing' | 'drawn' | 'wrong' | 'failed'
  layout: Layout | undefined
  errors: LineError[]
}

/** The map of the rows being typed, drawn once the fingers rest; the last good one stays while they are wrong. */
export function usePreview(rows: string): Preview {
  const [preview, setPreview] = useState<Preview>({ state: 'drawing', layout: undefined, errors: [] })
  useEffect(() => {
    if (rows.trim() === '') return setPreview({ state: 'empty', layout: undefined, errors: [] })
    setPreview((before) => ({ ...before, state: before.state === 'wrong' ? 'wrong' : 'drawing' }))
    const stop = new AbortController()
    const timer = setTimeout(() => {
      send<Layout>('POST', '/api/layouts/preview', { body: { layout: rows }, signal: stop.signal }).then(
        (answer) => {
          if (answer.ok) setPreview({ state: 'drawn', layout: answer.value, errors: [] })
          else if (answer.status === 422) {
            const errors = (answer.problem.errors ?? []).map((error) => lineError(error.message))
            setPreview((before) => ({ ...before, state: 'wrong', errors }))
          } else setPreview((before) => ({ ...before, state: 'failed', errors: [] }))
        },
        // Only newer rows abort this one.
        () => {},
      )
    }, 250)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [rows])
  return preview
}

/** "Line 4: …" as a line and what is wrong there. */
export function lineError(message: string): LineError {
  const match = /^Line (\d+): (.*)$/s.exec(message)
  return match ? { line: Number(match[1]), text: match[2] ?? '' } : { line: undefined, text: message }
}
