import { createServer, type Server } from 'node:http'
import type { Metrics } from '@marquee/kit/telemetry'

/** Prometheus' door, apart from the public one. */
export function createOpsServer(metrics: Metrics): Server {
  return createServer((request, response) => {
    if (request.url !== '/metrics') return void response.writeHead(404).end()
    metrics.text().then(
      (text) => response.writeHead(200, { 'content-type': metrics.contentType }).end(text),
      () => response.writeHead(500).end(),
    )
  })
}
