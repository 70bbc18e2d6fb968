export { type Batcher, type BatcherOptions, createBatcher } from './batcher.ts'
export { type Clock, type Ids, systemClock, systemIds } from './clock.ts'
export {
  defineService,
  type ServiceContext,
  type ServiceDefinition,
  type ServiceParts,
} from './define-service.ts'
export { freePort, isFree } from './free-port.ts'
export { type Host, type HostOptions, startHost } from './host.ts'
export type { Reads, Replicas } from './reads.ts'
export { type AnyService, type RunningService, startService } from './start-service.ts'
