import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type AttemptStatus, becomes, type FindingStatus, isLive, publicStatus } from './attempt-state.ts'

const findings = fc.array(fc.constantFrom<FindingStatus>('captured', 'failed', 'pending'), { maxLength: 12 })
function walk(found: readonly FindingStatus[]): AttemptStatus[] {
  const path: AttemptStatus[] = ['started']
  for (const one of found) path.push(becomes(path.at(-1) ?? 'started', one))
  return path
}

it('hearing the same news again changes nothing', () => {
  fc.assert(
    fc.property(findings, (found) => {
      const doubled = found.flatMap((one) => [one, one])
      expect(walk(doubled).at(-1)).toBe(walk(found).at(-1))
    }),
  )
})

it('what others were told never changes: failed stays failed, captured stays captured', () => {
  fc.assert(
    fc.property(findings, (found) => {
      const told = walk(found).map(publicStatus)
      const first = told.findIndex((status) => status !== 'pending')
      if (first >= 0) expect(new Set(told.slice(first)).size).toBe(1)
    }),
  )
})

it('money that came in is either kept for the order or on its way back', () => {
  fc.assert(
    fc.property(findings, (found) => {
      const end = walk(found).at(-1) ?? 'started'
      expect(found.includes('captured')).toBe(end === 'captured' || end === 'returned')
      expect(isLive(end)).toBe(found.every((one) => one === 'pending'))
    }),
  )
})
