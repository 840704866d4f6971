import { once } from 'node:events'
import http from 'node:http'
import net from 'node:net'

/** A remote of plain HTTP, in memory, that is some milliseconds away (there and back). */
export async function farRemote(roundTrip) {
  const values = new Map()
  let requests = 0
  const server = http.createServer(async (request, response) => {
    requests++
    const pieces = []
    for await (const piece of request) pieces.push(piece)
    if (request.method === 'PUT') {
      values.set(request.url, Buffer.concat(pieces))
      return response.writeHead(201).end()
    }
    const value = values.get(request.url)
    return value ? response.end(value) : response.writeHead(404).end()
  })
  const near = await listen(server)
  const proxy = net.createServer((client) => {
    const upstream = net.connect(near, '127.0.0.1')
    // a connection takes a round trip too, before its first byte goes
    delay(client, upstream, roundTrip / 2, roundTrip)
    delay(upstream, client, roundTrip / 2, 0)
  })
  const port = await listen(proxy)
  return {
    url: `http://127.0.0.1:${port}/app`,
    /** Requests since the last time, and bytes that are kept. */
    take() {
      const taken = {
        requests,
        bytes: [...values.values()].reduce((sum, { length }) => sum + length, 0),
      }
      requests = 0
      return taken
    },
    stop() {
      server.closeAllConnections()
      server.close()
      proxy.close()
    },
  }
}

/** Bytes come later, in their order, and as many at a time as there are. */
function delay(from, to, milliseconds, first) {
  const opened = performance.now() + first
  const later = (work) => {
    const wait = Math.max(0, opened - performance.now()) + milliseconds
    setTimeout(() => to.destroyed || work(), wait)
  }
  from.on('data', (bytes) => later(() => to.write(bytes)))
  from.on('end', () => later(() => to.end()))
  from.on('error', () => to.destroy())
  from.on('close', () => later(() => to.destroy()))
}

async function listen(server) {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server.address().port
}
