export { watchlist } from './service.ts'
