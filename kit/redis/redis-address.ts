type Host = { host: string; port: number }

/** Where Redis is: one server, the sentinels that know the master, or some nodes of a cluster. */
export type RedisAddress = {
  kind: 'server' | 'sentinel' | 'cluster'
  hosts: readonly Host[]
  /** The name the sentinels know the master by; empty elsewhere. */
  master: string
  database: number
  tls: boolean
  username: string | undefined
  password: string | undefined
}

const form =
  /^(?<scheme>rediss?)(?:\+(?<kind>sentinel|cluster))?:\/\/(?:(?<user>[^:@/]*)(?::(?<password>[^@/]*))?@)?(?<hosts>[^@/?#]+)(?:\/(?<path>[^?#@]*))?$/
const usualPort = { server: 6379, sentinel: 26_379, cluster: 6379 }

/**
 * Reads `redis://host:port/0`, `redis+sentinel://h:p,h:p/master/0` or `redis+cluster://h:p,h:p`; `rediss` speaks TLS,
 * and `user:password@` may stand before the hosts. Throws with the reason, which never repeats what was given.
 */
export function readRedisAddress(text: string): RedisAddress {
  const found = form.exec(text)?.groups
  if (!found)
    throw new Error(
      'must be redis://host:port, redis+sentinel://host:port,host:port/master or redis+cluster://host:port,host:port (rediss for TLS)',
    )
  const kind = found.kind === 'sentinel' || found.kind === 'cluster' ? found.kind : 'server'
  const hosts = (found.hosts ?? '').split(',').map((host) => readHost(host, usualPort[kind]))
  if (kind === 'server' && hosts.length > 1)
    throw new Error('names several hosts; say redis+sentinel:// or redis+cluster:// for those')
  const path = (found.path ?? '').split('/').filter(Boolean)
  const master = kind === 'sentinel' ? (path.shift() ?? '') : ''
  if (kind === 'sentinel' && master === '')
    throw new Error('needs the name of the master after the sentinels, as in redis+sentinel://host:port/main')
  const [database = '0', ...more] = path
  if (!/^\d{1,4}$/.test(database) || more.length > 0) throw new Error('has a database that is no number')
  if (kind === 'cluster' && database !== '0') throw new Error('names a database; a cluster has only 0')
  return {
    kind,
    hosts,
    master,
    database: Number(database),
    tls: found.scheme === 'rediss',
    username: decode(found.user) || undefined,
    password: decode(found.password) || undefined,
  }
}

/** The address without its password, for people's eyes. What cannot be read shows its scheme at most. */
export function showRedisAddress(text: string): string {
  const found = form.exec(text)?.groups
  if (!found) return `${/^[a-z+]{1,20}(?=:\/\/)/.exec(text)?.[0] ?? 'something'}://…`
  const kind = found.kind ? `+${found.kind}` : ''
  return `${found.scheme}${kind}://${found.hosts}${found.path ? `/${found.path}` : ''}`
}

function readHost(text: string, usual: number): Host {
  const found = /^(?<host>\[[0-9a-fA-F:]+\]|[^:[\]]+)(?::(?<port>\d{1,5}))?$/.exec(text)?.groups
  const port = Number(found?.port ?? usual)
  if (!found?.host || port < 1 || port > 65_535) throw new Error('names a host that is not host or host:port')
  return { host: found.host.replace(/^\[|\]$/g, ''), port }
}

function decode(text: string | undefined): string {
  try {
    return decodeURIComponent(text ?? '')
  } catch {
    throw new Error('has a user or password with a % that stands for nothing; write %25')
  }
}
