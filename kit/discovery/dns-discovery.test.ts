import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { silentLogger } from '../telemetry/index.ts'
import { discoverySuite } from './discovery-suite.ts'
import { createDnsDiscovery, type Discovery } from './index.ts'
import { type DnsRecord, type NameServer, startNameServer } from './tests/name-server.ts'

const host = 'booking.cinema.test'
const a = (address: string, ttl = 1): DnsRecord => ({ kind: 'A', address, ttl })
const srv = (target: string, port: number, priority = 0): DnsRecord => ({
  kind: 'SRV',
  target,
  port,
  priority,
  ttl: 1,
})
const open = (dns: NameServer, port?: number, mostSeconds?: number): Discovery =>
  createDnsDiscovery({
    services: ['booking'],
    name: '{service}.cinema.test',
    port,
    servers: [dns.server],
    log: silentLogger,
    ...(mostSeconds ? { mostSeconds } : {}),
  })

describe('addresses at a fixed port', () => {
  discoverySuite(async () => {
    const dns = await startNameServer()
    const known = () => dns.records.get(host) ?? []
    const set = (records: DnsRecord[]) => {
      if (records.length > 0) dns.records.set(host, records)
      else dns.records.delete(host)
    }
    const ip = (address: string) => new URL(address).hostname
    return {
      appear: async (address) => set([...known(), a(ip(address))]),
      vanish: async (address) =>
        set(known().filter((one) => one.kind === 'A' && one.address !== ip(address))),
      open: async () => open(dns, 3100),
      close: () => dns.close(),
    }
  }, ['http://10.0.0.1:3100', 'http://10.0.0.2:3100'])
})

describe('services with a port each', () => {
  discoverySuite(async () => {
    const dns = await startNameServer()
    const known = () => dns.records.get(host) ?? []
    const target = (address: string) => `i${new URL(address).hostname.replaceAll('.', '-')}.cinema.test`
    return {
      async appear(address) {
        const { hostname, port } = new URL(address)
        dns.records.set(target(address), [a(hostname)])
        dns.records.set(host, [...known(), srv(target(address), Number(port))])
      },
      vanish: async (address) =>
        void dns.records.set(
          host,
          known().filter((one) => one.kind === 'SRV' && one.target !== target(address)),
        ),
      open: async () => open(dns),
      close: () => dns.close(),
    }
  }, ['http://10.0.0.1:3101', 'http://10.0.0.2:3102'])
})

describe('names', () => {
  let dns: NameServer
  let discovery: Discovery
  beforeEach(async () => {
    dns = await startNameServer()
    dns.records.set(host, [a('10.0.0.1')])
  })
  afterEach(async () => {
    await discovery.stop()
    await dns.close()
  })
  const soon = (wanted: string[]) =>
    expect.poll(() => discovery.instancesOf('booking'), { timeout: 8000, interval: 20 }).toEqual(wanted)

  test('while the name server has trouble, the instances known last stay', async () => {
    discovery = open(dns, 3100)
    await soon(['http://10.0.0.1:3100'])
    dns.mood = 'trouble'
    const asked = dns.asked
    await expect.poll(() => dns.asked, { timeout: 8000 }).toBeGreaterThan(asked + 1)
    expect(discovery.instancesOf('booking')).toEqual(['http://10.0.0.1:3100'])
    dns.mood = 'well'
    dns.records.set(host, [a('10.0.0.2')])
    await soon(['http://10.0.0.2:3100'])
  })

  test('are looked up again when their time is up, and after some seconds however long they claim to hold', async () => {
    dns.records.set(host, [a('10.0.0.1', 3600)])
    discovery = open(dns, 3100, 1)
    await soon(['http://10.0.0.1:3100'])
    dns.records.set(host, [a('10.0.0.2', 3600)])
    await soon(['http://10.0.0.2:3100'])
  })

  test('of the second rank are asked only when there is none of the first', async () => {
    dns.records.set('spare.cinema.test', [a('10.0.0.9')])
    dns.records.set('main.cinema.test', [a('10.0.0.1')])
    dns.records.set(host, [srv('spare.cinema.test', 3100, 10), srv('main.cinema.test', 3100, 1)])
    discovery = open(dns)
    await soon(['http://10.0.0.1:3100'])
    dns.records.set(host, [srv('spare.cinema.test', 3100, 10)])
    await soon(['http://10.0.0.9:3100'])
  })

  test('of which one has no address any more are the others all the same', async () => {
    dns.records.set('left.cinema.test', [a('10.0.0.1')])
    dns.records.set(host, [srv('left.cinema.test', 3100), srv('gone.cinema.test', 3100)])
    discovery = open(dns)
    await discovery.ready()
    expect(discovery.instancesOf('booking')).toEqual(['http://10.0.0.1:3100'])
  })

  test('nobody waits long for a name server that says nothing', async () => {
    dns.mood = 'silent'
    discovery = open(dns, 3100)
    expect(discovery.instancesOf('booking')).toEqual([])
  })
})
