export { recommendations } from './service.ts'
