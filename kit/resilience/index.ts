export { crashPoint } from './crash-points.ts'
export { timeLeft, within } from './deadline.ts'
export { GuardError } from './guard-error.ts'
export { type GuardPolicy, guarded } from './guarded.ts'
