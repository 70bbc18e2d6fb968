import { Connection } from 'rabbitmq-client'

/** Connects to a broker, or to whichever node of a cluster answers, again and again until it is destroyed. */
export function connectRabbit(
  broker: string,
  { name, onError }: { name: string; onError: (error: unknown) => void },
): Connection {
  const [first = '', ...others] = broker.split(',').map((one) => one.trim())
  const connection = new Connection({
    url: first,
    ...(others.length > 0 ? { hosts: [first, ...others].map((one) => new URL(one).host) } : {}),
    connectionName: name,
    frameMax: 131_072,
    heartbeat: 10,
    acquireTimeout: 10_000,
    connectionTimeout: 5000,
    retryLow: 200,
    retryHigh: 3000,
  })
  connection.on('error', onError)
  return connection
}
