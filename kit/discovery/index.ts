export { type Balancer, createBalancer, type Reach } from './balancer.ts'
export type { Discovery } from './discovery.ts'
export { createStaticDiscovery, readAddresses } from './static-discovery.ts'
