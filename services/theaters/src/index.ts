export { theaters } from './service.ts'
