import { bytes, count } from '../report/index.ts'
import { nothingPulled, pull, push } from '../share/index.ts'
import { exitCodes } from './exitCodes.ts'
import { openProgress } from './progress.ts'
import { openConnection, type RemoteArgs } from './remote.ts'

export async function runPush(args: RemoteArgs): Promise<void> {
  const connection = await openConnection(args)
  if (!connection) return
  const { remote, scopes, trust, right } = connection
  if (!right.write) {
    console.error(`Nothing may be written from here: ${right.why}.`)
    process.exitCode = exitCodes.nothing
    return
  }
  const progress = openProgress('push')
  // what is offered already need not go, and what others wrote is carried on
  const pulled = nothingPulled()
  await pull({ ...connection, scopes: scopes.reads, maxSize: Infinity }, pulled)
  const { own: scope, producer } = scopes
  const { signingKey } = trust
  const pushed = await push({
    ...connection,
    scope,
    producer,
    signingKey,
    offers: pulled.offers,
    onProgress: progress.report,
  })
  await remote.close()
  progress.end()
  const { requests, bytesUp } = remote.counts()
  const why = pushed.state === 'failed' ? pushed.why : undefined
  const faults = [remote.trouble(), why, ...pulled.faults].filter((each) => each !== undefined)
  if (pushed.state === 'failed') process.exitCode = exitCodes.nothing
  const entries = pushed.state === 'done' ? pushed.entries : 0
  if (args.json) {
    const told = { remote: remote.title, scope, state: pushed.state, entries }
    console.log(JSON.stringify({ ...told, requests, bytesUp, faults }, undefined, 2))
    return
  }
  if (pushed.state === 'nothing') console.log(`${remote.title} has all of it already.`)
  if (pushed.state === 'done') {
    console.log(`${count(entries)} entries to ${scope} of ${remote.title}, ${bytes(bytesUp)}.`)
  }
  for (const fault of faults) console.error(fault)
}
