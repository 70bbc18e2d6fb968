import { spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../tests/harness/marquee.ts'
import { cpuSeconds } from './cpu.ts'

/** nginx with one worker that serves these bytes from a file, as fast as it can. */
export async function startNginx(bytes: Uint8Array) {
  const place = mkdtempSync(join(tmpdir(), 'bench-nginx-'))
  chmodSync(place, 0o755)
  mkdirSync(join(place, 'www'))
  writeFileSync(join(place, 'www', 'movies'), bytes)
  const port = await freePort()
  writeFileSync(
    join(place, 'nginx.conf'),
    `daemon off; worker_processes 1; pid ${place}/pid; error_log ${place}/error.log;
events { worker_connections 1024; }
http {
  access_log off; sendfile on; tcp_nopush on; open_file_cache max=10 inactive=1h; open_file_cache_valid 1h;
  keepalive_requests 100000000; default_type application/json; client_body_temp_path ${place}/body;
  proxy_temp_path ${place}/proxy; fastcgi_temp_path ${place}/fastcgi; uwsgi_temp_path ${place}/uwsgi; scgi_temp_path ${place}/scgi;
  server { listen 127.0.0.1:${port}; root ${place}/www; }
}
`,
  )
  const child = spawn('nginx', ['-c', join(place, 'nginx.conf')], { stdio: 'inherit' })
  const url = `http://127.0.0.1:${port}/movies`
  for (let tries = 0; ; tries++) {
    const answer = await fetch(url).catch(() => undefined)
    if (answer?.ok) break
    if (tries > 100) throw new Error('nginx does not answer')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return {
    url,
    cpu: () => cpuSeconds([child.pid ?? 0]),
    async end() {
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await gone
      rmSync(place, { recursive: true, force: true })
    },
  }
}
