import { fork } from 'node:child_process'
import { once } from 'node:events'
import http from 'node:http'
import https from 'node:https'
import { createRequire } from 'node:module'
import net from 'node:net'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.resolve(import.meta.dirname, '../..')

/** Remotes that fail, each in its way: starts one, and gives its URL and what ends it. */
export const badServers = {
  'connection refused': async () => {
    const { url, stop } = await serve(http.createServer())
    await stop()
    return { url, stop: () => {} }
  },
  'no such name': () => ({ url: 'https://cache.invalid/app', stop: () => {} }),
  'connections that nobody accepts': deafServer,
  'untrusted certificate': async () => {
    const require = createRequire(path.join(root, 'test/hosts/remotes/package.json'))
    const { private: key, cert } = await require('selfsigned').generate([
      { name: 'commonName', value: 'localhost' },
    ])
    const { url, stop } = await serve(https.createServer({ key, cert }))
    return { url: url.replace('http:', 'https:'), stop }
  },
  ...Object.fromEntries(
    [401, 403, 404, 409, 413, 429, 500, 503].map((status) => [
      String(status),
      () =>
        serve(
          http.createServer((request, response) => {
            request.resume().on('end', () => response.writeHead(status).end())
          }),
        ),
    ]),
  ),
  'no answer': () => serve(http.createServer(() => {})),
  'no answer to an upload': () =>
    serve(
      http.createServer((request, response) => {
        if (request.method !== 'PUT') response.writeHead(404).end()
      }),
    ),
  'one byte in 100 ms': () =>
    serve(
      http.createServer((_, response) => {
        response.writeHead(200, { 'content-length': 100_000 })
        const timer = setInterval(() => response.write('x'), 100)
        response.on('close', () => clearInterval(timer))
      }),
    ),
  'body cut short': () =>
    serve(
      http.createServer((_, response) => {
        response.writeHead(200, { 'content-length': 100_000 })
        response.write('x'.repeat(1000), () => response.destroy())
      }),
    ),
  'corrupted body': () => serve(http.createServer((_, response) => response.end('x'.repeat(1000)))),
  'lost in mid-upload': () =>
    serve(
      http.createServer((request, response) => {
        if (request.method === 'PUT') request.once('data', () => request.socket.resetAndDestroy())
        else response.writeHead(404).end()
      }),
    ),
}

async function serve(server) {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${server.address().port}/app`,
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** It stands still, and the system's own queue of connections is full: as behind a firewall that drops all. */
async function deafServer() {
  const child = fork(fileURLToPath(new URL('deafServer.mjs', import.meta.url)))
  const [port] = await once(child, 'message')
  const sockets = Array.from({ length: 8 }, () =>
    net.connect(port, '127.0.0.1').on('error', () => {}),
  )
  return {
    url: `http://127.0.0.1:${port}/app`,
    async stop() {
      for (const socket of sockets) socket.destroy()
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}
