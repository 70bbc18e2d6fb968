export { type Flags, openFlags, usualFlags } from './flags.ts'
export { flagsSection } from './rule.ts'
