export { movies } from './service.ts'
