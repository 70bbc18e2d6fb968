export { GatewayConfig } from './config.ts'
export { createGateway, type GatewayDeps } from './create-gateway.ts'
export { type SharedLimitsDeps, sharedLimitStore } from './limits-shared.ts'
export type { RenderPage } from './pages.ts'
