import { bytes, count } from '../report/index.ts'
import { nothingPulled, pull } from '../share/index.ts'
import { exitCodes } from './exitCodes.ts'
import { openProgress } from './progress.ts'
import { openConnection, type RemoteArgs } from './remote.ts'

export interface PullArgs extends RemoteArgs {
  readonly again?: boolean | undefined
}

export async function runPull(args: PullArgs): Promise<void> {
  const connection = await openConnection(args)
  if (!connection) return
  const { remote, scopes } = connection
  const progress = openProgress('pull')
  const pulled = nothingPulled()
  await pull(
    {
      ...connection,
      scopes: scopes.reads,
      maxSize: Infinity,
      again: args.again ?? false,
      onProgress: progress.report,
    },
    pulled,
  )
  await remote.close()
  progress.end()
  const { requests, bytesDown } = remote.counts()
  const faults = [remote.trouble(), ...pulled.faults].filter((each) => each !== undefined)
  if (faults.length > 0) process.exitCode = exitCodes.nothing
  if (args.json) {
    const { packs, entries, from } = pulled
    const told = { remote: remote.title, scopes: scopes.reads, packs, entries, from: [...from] }
    console.log(JSON.stringify({ ...told, requests, bytesDown, faults }, undefined, 2))
    return
  }
  const { packs, entries, from } = pulled
  console.log(
    packs === 0
      ? `Nothing new in ${scopes.reads.join(', ')} of ${remote.title}.`
      : `${count(packs)} packs from ${[...from].join(', ')} with ${count(entries)} new entries, ${bytes(bytesDown)} in ${count(requests)} requests.`,
  )
  for (const fault of faults) console.error(fault)
}
