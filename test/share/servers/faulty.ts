import { once } from 'node:events'
import http from 'node:http'
import https from 'node:https'
import { createRequire } from 'node:module'
import net from 'node:net'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { repository } from '../../support/temp.ts'

/** A server that misbehaves, for one test. */
export interface Faulty {
  readonly port: number
  /** What was asked so far, like `GET /content/…`; connections where it speaks no HTTP. */
  readonly requests: string[]
  readonly headers: http.IncomingHttpHeaders[]
}

type Handler = (request: http.IncomingMessage, response: http.ServerResponse) => void

export async function faultyHttp(handle: Handler): Promise<Faulty> {
  return listening(http.createServer(), handle)
}

/** With a certificate that nobody trusts. */
export async function faultyHttps(handle: Handler): Promise<Faulty> {
  const require = createRequire(path.join(repository, 'test/hosts/remotes/package.json'))
  const { generate } = require('selfsigned') as SelfSigned
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }])
  return listening(https.createServer({ key, cert }), handle)
}

async function listening(server: http.Server | https.Server, handle: Handler): Promise<Faulty> {
  const requests: string[] = []
  const headers: http.IncomingHttpHeaders[] = []
  server.on('request', (request, response) => {
    requests.push(`${request.method} ${request.url}`)
    headers.push(request.headers)
    handle(request, response)
  })
  const port = await listen(server)
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { port, requests, headers }
}

/** Speaks what `onConnection` says, be it HTTP or not. */
export async function faultyTcp(onConnection: (socket: net.Socket) => void): Promise<Faulty> {
  const requests: string[] = []
  const sockets = new Set<net.Socket>()
  const server = net.createServer((socket) => {
    requests.push('connection')
    sockets.add(socket)
    socket.on('error', () => {})
    onConnection(socket)
  })
  const port = await listen(server)
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return { port, requests, headers: [] }
}

async function listen(server: net.Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as net.AddressInfo).port
}

/** The part of the package that is used; it is installed under test/hosts/remotes only. */
interface SelfSigned {
  generate(
    attributes: readonly { name: string; value: string }[],
  ): Promise<{ readonly private: string; readonly cert: string }>
}
