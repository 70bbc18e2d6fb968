export { createHttpApp, type HttpAppOptions } from './app.ts'
export { callerHeader, signCaller, verifyCaller } from './caller-token.ts'
export { isDraining } from './door.ts'
export { type DrainOptions, drain } from './drain.ts'
export { type LastWord, sayAlways, sayLast } from './last-word.ts'
export { createLoad, type Load, type LoadLimits } from './load.ts'
export { type MountOptions, mount } from './mount.ts'
export { openApi } from './openapi.ts'
export { postman } from './postman.ts'
export { sendProblem } from './send-problem.ts'
export {
  type ListedKey,
  listServiceKeys,
  openServiceKeys,
  pruneServiceKeys,
  rotateServiceKeys,
  type ServiceKeys,
} from './service-keys.ts'
export { type Upstream, type WebSocketChannel, webSocketPassage, webSocketRoute } from './web-socket.ts'
