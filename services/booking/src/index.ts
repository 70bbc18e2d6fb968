export { booking } from './service.ts'
