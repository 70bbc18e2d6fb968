import { describe } from 'vitest'
import { applySuite } from './suite/apply-suite.ts'
import { findSuite } from './suite/find-suite.ts'
import type { SuiteEngine } from './suite/notes.ts'
import { writeSuite } from './suite/write-suite.ts'

/** What every adapter of `Documents` must do. */
export function documentsSuite(prepare: () => Promise<SuiteEngine>): void {
  describe('written', () => writeSuite(prepare))
  describe('applied', () => applySuite(prepare))
  describe('found', () => findSuite(prepare))
}
