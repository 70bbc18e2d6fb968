import { connect } from 'node:net'
import { connect as connectSecurely } from 'node:tls'
import { openDatabase } from '@marquee/kit/sql'

export type Finding = { what: string; good: boolean; says: string }

const patience = 3000

export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Whether a PostgreSQL answers; an address may hold a password, so that only its host is said. */
export async function reachReplica(url: string): Promise<Finding> {
  const what = 'Replica'
  const at = new URL(url).host
  const db = openDatabase({ url, poolSize: 1, connectTimeout: patience })
  try {
    const { rows } = await db.query<{ follows: boolean }>('select pg_is_in_recovery() as follows')
    return { what, good: true, says: `${at} answers${rows[0]?.follows ? '' : ', and follows nobody'}` }
  } catch (error) {
    return { what, good: false, says: `${at}: ${reasonOf(error)}` }
  } finally {
    await db.close()
  }
}

/** Whether a mail server greets; nothing is sent. */
export async function reachMail(smtpUrl: string): Promise<Finding> {
  const what = 'Mail'
  const { protocol, hostname, port: given } = new URL(smtpUrl)
  const isSecure = protocol === 'smtps:'
  const host = hostname.replace(/^\[|\]$/g, '')
  const port = Number(given || (isSecure ? 465 : 587))
  const greeting = Promise.withResolvers<string>()
  const socket = isSecure ? connectSecurely({ host, port, servername: host }) : connect({ host, port })
  socket.once('data', (bytes) => greeting.resolve(bytes.toString('utf8')))
  socket.once('error', greeting.reject)
  socket.once('close', () => greeting.reject(new Error('it hangs up without a word')))
  socket.setTimeout(patience, () => greeting.reject(new Error(`no word for ${patience / 1000} s`)))
  try {
    const said = await greeting.promise
    const good = said.startsWith('220')
    return { what, good, says: `${hostname}:${port} ${good ? 'answers' : `says ${said.trim()}`}` }
  } catch (error) {
    return { what, good: false, says: `${hostname}:${port}: ${reasonOf(error)}` }
  } finally {
    socket.destroy()
  }
}
