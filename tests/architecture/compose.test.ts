import { fileURLToPath } from 'node:url'
import { readConfigFile } from '@marquee/kit/config'
import { expect, test } from 'vitest'
import { z } from 'zod'

const Compose = z.object({
  services: z.record(
    z.string(),
    z.object({
      image: z.string(),
      ports: z.array(z.string()),
      volumes: z.array(z.string()).default([]),
      healthcheck: z.object({ test: z.array(z.string()).min(2) }),
    }),
  ),
  volumes: z.record(z.string(), z.null()),
})
const compose = Compose.parse(
  readConfigFile(fileURLToPath(new URL('../../compose.yaml', import.meta.url)), 'compose.yaml')?.sections,
)
const engines = Object.entries(compose.services)

test('compose brings up every engine that Marquee can use', () => {
  expect(Object.keys(compose.services)).toEqual(['postgres', 'redis', 'rabbitmq', 'etcd'])
})

test.each(engines)('%s is pinned, says when it is ready, and listens on this machine only', (_, engine) => {
  expect(engine.image).toMatch(/:v?\d+\.\d+/)
  for (const port of engine.ports) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/)
  for (const volume of engine.volumes) expect(Object.keys(compose.volumes)).toContain(volume.split(':')[0])
})
