import cluster from 'node:cluster'
import type { Server } from 'node:net'
import { createServer } from 'node:net'
import { Fatal } from './fatal.ts'

/** Listens, or says which variable names the port that is taken. */
export async function listen(
  server: Server,
  options: { port: number; host: string; variable: string },
): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(portProblem(error, options)))
    server.listen({ port: options.port, host: options.host }, resolve)
  })
  const address = server.address()
  return typeof address === 'object' && address ? address.port : options.port
}

/** Finds a taken port out before anything is started for nothing. */
export async function assertPortFree(options: {
  port: number
  host: string
  variable: string
}): Promise<void> {
  // A part's ports belong to its cluster, and connections that come meanwhile would come to the probe.
  if (cluster.isWorker) return
  const probe = createServer()
  await listen(probe, options)
  await new Promise((resolve) => probe.close(resolve))
}

/** Turns what the operating system says of a port into one line for a person. */
export function portProblem(
  error: NodeJS.ErrnoException,
  { port, variable }: { port: number; variable: string },
): Error {
  if (error.code === 'EADDRINUSE')
    return new Fatal(
      'port-taken',
      `port ${port} is taken by another program; choose another with ${variable}=…`,
    )
  if (error.code === 'EACCES')
    return new Fatal(
      'port-forbidden',
      `this user may not listen on port ${port}; choose another with ${variable}=…`,
    )
  return error
}
