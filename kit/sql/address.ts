/** The URL of a database behind a unix socket, readable by `pg`, psql and everything on libpq. */
export function socketUrl(at: {
  sockets: string
  port: number
  user: string
  password: string
  database: string
}): string {
  const query = new URLSearchParams({ host: at.sockets, port: String(at.port) })
  return `postgresql://${at.user}:${encodeURIComponent(at.password)}@localhost/${at.database}?${query}`
}

/** The same server and person, another database. */
export function withDatabase(url: string, database: string): string {
  const changed = new URL(url)
  changed.pathname = `/${database}`
  return changed.href
}

/** The same server and database, another person. */
export function withUser(url: string, user: string, password: string): string {
  const changed = new URL(url)
  changed.username = user
  changed.password = encodeURIComponent(password)
  return changed.href
}
