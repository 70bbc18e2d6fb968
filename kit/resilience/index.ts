export { GuardError } from './guard-error.ts'
export { type GuardPolicy, guarded } from './guarded.ts'
