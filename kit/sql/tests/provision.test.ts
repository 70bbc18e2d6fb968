import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testServer } from '../../testing/index.ts'
import {
  checkPoolSizes,
  type Database,
  judgePoolSizes,
  openDatabase,
  openSecrets,
  provision,
  withDatabase,
} from '../index.ts'

const name = `provisioned_${randomBytes(4).toString('hex')}`
let folder: string
let root: Database
let adminUrl: string
let urls: Record<string, string>
const open: Database[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'secrets-'))
  const server = await testServer()
  root = openDatabase({ url: server.adminUrl, poolSize: 1 })
  await root.query(`create database ${name}`)
  adminUrl = withDatabase(server.adminUrl, name)
  urls = await provisionAgain()
})
afterAll(async () => {
  await Promise.all(open.map((db) => db.close()))
  await root.query(`drop database ${name} with (force)`)
  for (const service of ['booking', 'theaters']) await root.query(`drop role ${name}_${service}`)
  await root.close()
  rmSync(folder, { recursive: true, force: true })
})

function provisionAgain() {
  const secrets = openSecrets(join(folder, 'secrets.json'))
  return provision({ adminUrl, services: ['booking', 'theaters'], secrets, rolePrefix: `${name}_` })
}

function as(service: string): Database {
  const db = openDatabase({ url: urls[service] ?? '', poolSize: 2 })
  open.push(db)
  return db
}

test('keeps a service out of its neighbour, so that a join across services fails', async () => {
  const [booking, theaters] = [as('booking'), as('theaters')]
  await theaters.query('create table shows (id int)')
  await booking.query('create table orders (show_id int)')
  expect((await theaters.query('select * from shows')).rows).toEqual([])
  const join = booking.query('select * from orders o join theaters.shows s on s.id = o.show_id')
  await expect(join).rejects.toMatchObject({
    code: '42501',
    message: 'permission denied for schema theaters',
  })
  await expect(booking.query('create table public.loot (n int)')).rejects.toMatchObject({ code: '42501' })
  await expect(booking.query('create schema mine')).rejects.toMatchObject({ code: '42501' })
})

test('gives every service fuzzy search and accents, and limits what hangs', async () => {
  const { rows } = await as('booking').query(
    `select similarity('matrix', 'matrx') > 0.3 as fuzzy, unaccent('Amélie') as plain,
       current_setting('search_path') as path, current_setting('statement_timeout') as statement,
       current_setting('idle_in_transaction_session_timeout') as idle`,
  )
  expect(rows).toEqual([
    { fuzzy: true, plain: 'Amelie', path: 'booking, extensions', statement: '30s', idle: '15s' },
  ])
})

test('changes nothing when run again', async () => {
  expect(await provisionAgain()).toEqual(urls)
  expect((await as('booking').query('select 1 as alive')).rows).toEqual([{ alive: 1 }])
})

test('gives a new password when the kept ones are lost', async () => {
  rmSync(join(folder, 'secrets.json'))
  const before = urls
  urls = await provisionAgain()
  expect(urls.booking).not.toEqual(before.booking)
  expect((await as('booking').query('select 1 as alive')).rows).toEqual([{ alive: 1 }])
})

test('refuses pools that together exceed what PostgreSQL allows', async () => {
  const db = as('booking')
  await expect(checkPoolSizes(db, { booking: 6, theaters: 6 })).resolves.toBeUndefined()
  await expect(checkPoolSizes(db, { booking: 5_000 })).rejects.toMatchObject({ code: 'pools-too-large' })
  expect(judgePoolSizes({ booking: 60, payments: 32 }, 97)).toBeUndefined()
  expect(judgePoolSizes({ booking: 60, payments: 33 }, 97)?.message).toMatch(
    /93 connections \(booking 60, payments 33\)/,
  )
})
