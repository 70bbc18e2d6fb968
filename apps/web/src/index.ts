export { languageOf, themeOf } from '../app/util/preferences.ts'
export { buildWeb, isWebBuilt } from './build-web.ts'
export { createWeb, type Web } from './create-web.ts'
export type { WebApi, WebContext } from './web-context.ts'
