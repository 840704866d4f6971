import fs from 'node:fs'
import path from 'node:path'
import { tempDir } from '../../support/temp.ts'
import { freePort, programPath, startServer } from './process.ts'
import type { Server } from './server.ts'

/** nginx with its dav module, with what docs/remotes.md says. */
export async function startNginx(location: string): Promise<Server> {
  const program = programPath('nginx', 'nginx')
  const dir = tempDir()
  const port = await freePort()
  fs.mkdirSync(path.join(dir, 'files'))
  fs.mkdirSync(path.join(dir, 'temp'))
  const config = path.join(dir, 'nginx.conf')
  fs.writeFileSync(config, configuration(port, location))
  const stop = await startServer({
    name: 'nginx',
    file: program,
    args: ['-p', dir, '-e', path.join(dir, 'error.log'), '-c', config],
    port,
  })
  return { port, stop }
}

/** Folders are made by PUT itself. */
export const davLocation = `
      location /cache/ {
        root files;
        dav_methods PUT DELETE MKCOL;
        create_full_put_path on;
        client_max_body_size 100m;
      }`

/** As https://bazel.build/remote/caching#nginx says, with the folders it asks for. */
export const bazelLocation = `
      location / {
        root files;
        dav_methods PUT;
        create_full_put_path on;
        client_max_body_size 1G;
      }`

function configuration(port: number, location: string): string {
  const temps = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  return `
  # no other account than the one that runs the tests
  daemon off;
  master_process off;
  pid nginx.pid;
  events { worker_connections 128; }
  http {
    access_log off;
    ${temps.map((name) => `${name}_temp_path temp/${name};`).join('\n    ')}
    server {
      listen 127.0.0.1:${port};${location}
    }
  }
  `
}
