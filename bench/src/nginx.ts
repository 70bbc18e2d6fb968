import { spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { freePort } from '@marquee/kit/service'
import { cpuSeconds } from './cpu.ts'

export type Nginx = { url: string; pid: number; cpu: () => number; end: () => Promise<void> }

/** nginx with one worker that serves these bytes from a file at `path`, as fast as it can. */
export function startNginx(bytes: Uint8Array, path = '/movies'): Promise<Nginx> {
  return start(path, { bytes, at: 'root www;' })
}

/** nginx with one worker that hands every request on to `origin`, over connections that it keeps. */
export function startNginxProxy(origin: string, path: string): Promise<Nginx> {
  return start(path, {
    at: `location / {
      proxy_pass http://behind; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host $host;
    }`,
    upstream: `upstream behind { server ${new URL(origin).host}; keepalive 256; keepalive_requests 100000000; }`,
  })
}

async function start(
  path: string,
  { bytes, at, upstream = '' }: { bytes?: Uint8Array; at: string; upstream?: string },
): Promise<Nginx> {
  const place = mkdtempSync(join(tmpdir(), 'bench-nginx-'))
  chmodSync(place, 0o755)
  if (bytes) {
    mkdirSync(dirname(join(place, 'www', path)), { recursive: true })
    writeFileSync(join(place, 'www', path), bytes)
  }
  const port = await freePort()
  writeFileSync(
    join(place, 'nginx.conf'),
    `daemon off; worker_processes 1; pid ${place}/pid; error_log ${place}/error.log;
events { worker_connections 4096; }
http {
  access_log off; sendfile on; tcp_nopush on; open_file_cache max=10 inactive=1h; open_file_cache_valid 1h;
  keepalive_requests 100000000; default_type application/json; client_body_temp_path ${place}/body;
  proxy_temp_path ${place}/proxy; fastcgi_temp_path ${place}/fastcgi; uwsgi_temp_path ${place}/uwsgi; scgi_temp_path ${place}/scgi;
  ${upstream}
  server { listen 127.0.0.1:${port}; ${at.replace('root www', `root ${place}/www`)} }
}
`,
  )
  const child = spawn('nginx', ['-c', join(place, 'nginx.conf')], { stdio: 'inherit' })
  const url = `http://127.0.0.1:${port}${path}`
  for (let tries = 0; ; tries++) {
    const answer = await fetch(url).catch(() => undefined)
    if (answer?.ok) break
    if (tries > 100) throw new Error('nginx does not answer')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return {
    url,
    pid: child.pid ?? 0,
    cpu: () => cpuSeconds([child.pid ?? 0]),
    async end() {
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await gone
      rmSync(place, { recursive: true, force: true })
    },
  }
}
