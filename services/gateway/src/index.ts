export { GatewayConfig } from './config.ts'
export { createGateway, type GatewayDeps } from './create-gateway.ts'
export type { RenderPage } from './pages.ts'
