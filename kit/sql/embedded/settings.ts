export type Tuning = {
  /** Off only for tests that do not kill anything: a crash of the machine may then damage the data. */
  fsync?: boolean
  maxConnections?: number
  /** Also listen on 127.0.0.1 at this port, for psql or a pooler. */
  port?: number
}

/** What the server is told on its command line: modest enough for a laptop, durable unless a test says otherwise. */
export function settings(sockets: string, tuning: Tuning): string[] {
  const chosen: Record<string, string | number> = {
    listen_addresses: tuning.port ? '127.0.0.1' : '',
    port: tuning.port ?? 5432,
    unix_socket_directories: sockets,
    unix_socket_permissions: '0700',
    max_connections: tuning.maxConnections ?? 200,
    shared_buffers: '256MB',
    effective_cache_size: '1GB',
    work_mem: '8MB',
    maintenance_work_mem: '128MB',
    max_wal_size: '1GB',
    wal_level: 'replica',
    wal_compression: 'on',
    archive_mode: 'on',
    archive_command: archiveCommand,
    fsync: tuning.fsync === false ? 'off' : 'on',
    synchronous_commit: 'on',
    full_page_writes: tuning.fsync === false ? 'off' : 'on',
    jit: 'off',
    random_page_cost: 1.1,
    password_encryption: 'scram-sha-256',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] %q%u %a ',
    log_checkpoints: 'off',
    cluster_name: 'marquee',
  }
  return Object.entries(chosen).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

// Before the first backup there is nothing to roll forward from, so nothing is kept. A segment that is there
// already, the same to the byte, was archived before a crash forgot it.
const archiveCommand = [
  'test ! -d ../wal-archive',
  '|| if test -f ../wal-archive/%f; then cmp -s %p ../wal-archive/%f;',
  'else cp %p ../wal-archive/.%f && sync ../wal-archive/.%f && mv ../wal-archive/.%f ../wal-archive/%f; fi',
].join(' ')
