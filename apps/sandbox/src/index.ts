export { SandboxOptions } from './options.ts'
export { type Sandbox, startSandbox } from './start-sandbox.ts'

/** The program to run beside a server: `node <this> --port --data --webhook-url --secret`. */
export const sandboxProgram = new URL('./main.ts', import.meta.url)
