export { crashPoint } from './crash-points.ts'
export { GuardError } from './guard-error.ts'
export { type GuardPolicy, guarded } from './guarded.ts'
