import { once } from 'node:events'
import http from 'node:http'
import https from 'node:https'
import { RemoteError, type RemoteCall } from '../remote.ts'
import { networkError, statusError, tooLarge } from './errors.ts'

export type Method = 'GET' | 'HEAD' | 'PUT' | 'MKCOL'

export interface Question {
  /** For messages. */
  readonly title: string
  readonly method: Method
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Uint8Array
}

export interface Answer {
  readonly status: number
  /** Milliseconds. */
  readonly retryAfter: number | undefined
  readonly location: string | undefined
  readonly body: Uint8Array
}

/** Bytes between two signs of progress. */
const pieceSize = 64 * 1024

/** Of an answer that is no success: only its status is looked at. */
const longestExcuse = 64 * 1024

const mostRedirects = 3

/**
 * One request over the connections that Node keeps open. `node:http` rather than `fetch`: a request
 * of `fetch` that is aborted while it connects keeps the process alive for ten seconds more.
 *
 * @throws RemoteError, or what `signal` was aborted with
 */
export async function send(question: Question, call: RemoteCall): Promise<Answer> {
  let asked = question
  for (let redirects = 0; ; redirects++) {
    const answer = await sendOnce(asked, call)
    const { location, status } = answer
    if (asked.method === 'PUT' || location === undefined || status < 300 || status > 399) {
      return answer
    }
    if (redirects === mostRedirects) throw statusError(asked.title, asked.method, answer)
    asked = redirected(asked, location)
  }
}

/** Where to ask instead, without credentials when that is another server. */
function redirected(asked: Question, location: string): Question {
  const url = URL.canParse(location, asked.url.href) ? new URL(location, asked.url) : undefined
  const isSafe = url?.protocol === 'https:' || url?.protocol === asked.url.protocol
  if (!url || !isSafe) {
    throw new RemoteError('invalid', `${asked.title} redirects to where it is not followed`)
  }
  if (url.origin === asked.url.origin) return { ...asked, url }
  return { ...asked, url, headers: { 'accept-encoding': 'identity' } }
}

function sendOnce(
  { title, method, url, headers, body }: Question,
  call: RemoteCall,
): Promise<Answer> {
  const { signal } = call
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => {
      if (signal.aborted) reject(signal.reason)
      else reject(error instanceof RemoteError ? error : networkError(title, error))
    }
    const { request: open } = url.protocol === 'https:' ? https : http
    const request = open(url, { method, headers, signal })
    request.on('error', fail)
    request.on('response', (response) => {
      readAnswer(title, response, call)
        .then(resolve, fail)
        // an answer before the whole question was read: the rest need not travel
        .finally(() => request.writableFinished || request.destroy())
    })
    // what ends it is an error of the request
    upload(request, body, call).catch(() => {})
  })
}

async function upload(
  request: http.ClientRequest,
  body: Uint8Array | undefined,
  { onBytes }: RemoteCall,
): Promise<void> {
  for (let at = 0; body && at < body.length; at += pieceSize) {
    const piece = body.subarray(at, at + pieceSize)
    if (!request.write(piece)) await once(request, 'drain')
    onBytes?.(piece.length)
  }
  request.end()
}

async function readAnswer(
  title: string,
  response: http.IncomingMessage,
  { maxBytes = Infinity, onBytes }: RemoteCall,
): Promise<Answer> {
  const status = response.statusCode ?? 0
  const isSuccess = status >= 200 && status <= 299
  const limit = isSuccess ? maxBytes : longestExcuse
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of response as AsyncIterable<Uint8Array>) {
    size += piece.length
    // leaving the loop ends the connection
    if (size > limit) throw tooLarge(title, limit)
    onBytes?.(piece.length)
    pieces.push(piece)
  }
  const { location, 'retry-after': after } = response.headers
  const retryAfter = after === undefined ? undefined : secondsIn(after) * 1000
  return { status, retryAfter, location, body: Buffer.concat(pieces, size) }
}

/** Infinity for a date: that is for others, who wait for longer. */
function secondsIn(text: string): number {
  return /^\d+$/.test(text) ? Number(text) : Infinity
}
