import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { GatewayConfig } from '@marquee/gateway'
import { type ConfigFile, describe, loadConfig, readConfigFile } from '@marquee/kit/config'
import { createEtcd } from '@marquee/kit/etcd'
import { reachRabbit } from '@marquee/kit/events'
import { loadRedis, showRedisAddress } from '@marquee/kit/redis'
import { openDatabase } from '@marquee/kit/sql'
import { createLogger } from '@marquee/kit/telemetry'
import { isWebBuilt } from '@marquee/web'
import { Command } from 'commander'
import type { z } from 'zod'
import { reservedOf, sourceOf } from '../open-settings.ts'
import { gatewayName, loadServices } from '../services.ts'
import { readSettings, type Settings } from '../settings.ts'
import { sharedSections } from '../shared-sections.ts'
import { type Finding, reachMail, reachReplica, reasonOf } from './doctor-reach.ts'

/** `marquee doctor`: what is configured, what answers and what does not. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description('what is configured, what answers and what does not')
    .action(async () => {
      const settings = readSettings(process.env)
      const { parts, problem } = await configuration(settings).then(
        (found) => ({ parts: found, problem: undefined }),
        // Said after all else.
        (error: unknown) => ({ parts: [], problem: error }),
      )
      const findings = [
        { what: 'Node', good: true, says: process.versions.node },
        await database(settings),
        ...(await Promise.all(settings.replicaUrls.map(reachReplica))),
        ...(await sources(settings)),
        await redis(settings),
        await rabbit(settings),
        ...(await mail(parts)),
        await answers('Site', `http://localhost:${settings.port}/health/ready`),
        await answers('Metrics', `http://localhost:${settings.opsPort}/metrics`),
        {
          what: 'Web app',
          good: true,
          says: (await isWebBuilt()) ? 'built' : 'not built yet; the next start builds it',
        },
      ]
      for (const { what, good, says } of findings)
        console.log(`${good ? 'ok ' : 'no '} ${what.padEnd(12)} ${says}`)
      if (problem !== undefined) throw problem
      print(parts)
      if (findings.some((one) => !one.good)) process.exitCode = 1
    })
}

async function database(settings: Settings): Promise<Finding> {
  if (!settings.databaseUrl) {
    const there = existsSync(join(settings.data, 'postgres'))
    return {
      what: 'PostgreSQL',
      good: true,
      says: there
        ? `embedded, in ${settings.data}`
        : `embedded; the first start makes it in ${settings.data}`,
    }
  }
  const db = openDatabase({ url: settings.databaseUrl, poolSize: 1, connectTimeout: 3000 })
  try {
    const { rows } = await db.query<{ version: string }>('show server_version')
    return { what: 'PostgreSQL', good: true, says: `DATABASE_URL answers, version ${rows[0]?.version}` }
  } catch (error) {
    return { what: 'PostgreSQL', good: false, says: error instanceof Error ? error.message : String(error) }
  } finally {
    await db.close()
  }
}

async function redis({ redisUrl }: Settings): Promise<Finding> {
  const what = 'Redis'
  if (!redisUrl) return { what, good: true, says: 'not used; every process keeps and counts for itself' }
  const { connectRedis } = await loadRedis()
  let reason = 'it does not answer'
  const connection = connectRedis(redisUrl, {
    commandTimeout: 1000,
    onChange: (state) => {
      if (!state.there) reason = state.reason
    },
  })
  try {
    await connection.settled(3000)
    const info = await connection.ask((client) => client.info())
    const at = showRedisAddress(redisUrl)
    if (!info.there) return { what, good: false, says: `${at}: ${reason}` }
    const told = (name: string) => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info.value)?.[1] ?? 'unknown'
    const limit =
      told('maxmemory') === '0'
        ? 'no limit (set maxmemory, and allkeys-lru)'
        : `${told('maxmemory_human')}, ${told('maxmemory_policy')}`
    return {
      what,
      good: true,
      says: `${at} answers, version ${told('redis_version')}, memory ${told('used_memory_human')} of ${limit}`,
    }
  } finally {
    await connection.stop()
  }
}

/** Where settings and instances come from, and whether they do. */
async function sources(settings: Settings): Promise<Finding[]> {
  const { watch, discovery, etcd } = settings.finding
  const layers = ['defaults', settings.configFile, 'variables', ...(watch ? [nameOf(watch)] : [])]
  const findings: Finding[] = [{ what: 'Settings', good: true, says: `${layers.join(', then ')}` }]
  if (watch)
    findings.push(
      await readWatched(settings).then(
        () => ({ what: 'Watched', good: true, says: `${nameOf(watch)} can be read` }),
        (error: unknown) => ({ what: 'Watched', good: false, says: `${nameOf(watch)}: ${reasonOf(error)}` }),
      ),
    )
  findings.push({ what: 'Discovery', good: true, says: discovery.by })
  if (etcd)
    findings.push(
      await createEtcd(etcd.address)
        .list(`${etcd.prefix}instances/`)
        .then(
          (entries) => ({
            what: 'etcd',
            good: true,
            says: `answers; ${entries.length} instances under ${etcd.prefix}`,
          }),
          (error: unknown) => ({ what: 'etcd', good: false, says: reasonOf(error) }),
        ),
    )
  return findings
}

const nameOf = (watch: { file: string } | 'etcd'): string => (watch === 'etcd' ? watch : watch.file)

async function readWatched(settings: Settings): Promise<ConfigFile | undefined> {
  const said = await sourceOf(settings, createLogger({ service: 'doctor', level: 'silent' }))?.first()
  if (said instanceof Error) throw said
  return said
}

async function rabbit({ rabbitUrl }: Settings): Promise<Finding> {
  const what = 'RabbitMQ'
  if (!rabbitUrl) return { what, good: true, says: 'not used; events travel over PostgreSQL' }
  const at = rabbitUrl
    .split(',')
    .map((one) => new URL(one.trim()).host)
    .join(', ')
  const reached = await reachRabbit(rabbitUrl)
  return { what, good: reached === true, says: reached === true ? `${at} answers` : `${at}: ${reached}` }
}

async function answers(what: string, url: string): Promise<Finding> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) })
    return {
      what,
      good: response.ok,
      says: response.ok ? `answers at ${url}` : `${url} says ${await response.text()}`,
    }
  } catch {
    return { what, good: true, says: 'is not running' }
  }
}

type Part = { name: string; schema: z.ZodObject; values: Record<string, unknown> }

async function mail(parts: readonly Part[]): Promise<Finding[]> {
  const part = parts.find(({ name }) => name === 'notifications')
  const smtpUrl = part?.values.smtpUrl
  if (typeof smtpUrl === 'string') return [await reachMail(smtpUrl)]
  return part ? [{ what: 'Mail', good: true, says: 'no server; mails are kept on this machine' }] : []
}

/** Every part of the configuration as it is now. Throws a `BadSettingError`. */
async function configuration(settings: Settings): Promise<Part[]> {
  const file = readConfigFile(settings.configFile)
  // Whether they can be read was found out before.
  const watched = await readWatched(settings).catch(() => undefined)
  const services = await loadServices(settings.services)
  const known: readonly { name: string; schema: z.ZodObject }[] = [
    ...sharedSections,
    { name: gatewayName, schema: GatewayConfig },
    ...services.map(({ name, config }) => ({ name, schema: config })),
  ]
  return known.map(({ name, schema }) => ({
    name,
    schema,
    values: loadConfig(schema, {
      service: name,
      env: process.env,
      profile: settings.profile,
      ...(file ? { file } : {}),
      ...(watched ? { watched } : {}),
      reserved: reservedOf(name),
    }),
  }))
}

function print(parts: readonly Part[]): void {
  for (const { name, schema, values } of parts) {
    console.log(`\n${name}`)
    for (const line of describe(schema, name, values))
      console.log(
        `   ${line.variable.padEnd(40)} ${line.value}${line.isDefault ? '' : '   (set)'}${line.isLive ? '   changes while running' : ''}`,
      )
  }
}
