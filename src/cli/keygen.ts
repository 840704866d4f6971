import { exitCodes } from './exitCodes.ts'
import { RememberError } from '../key/index.ts'
import { generateKey } from '../share/index.ts'

export interface KeygenArgs {
  readonly name?: string | undefined
  readonly json?: boolean | undefined
}

export function runKeygen({ name = defaultName(), json }: KeygenArgs): void {
  let key: ReturnType<typeof generateKey>
  try {
    key = generateKey(name)
  } catch (error) {
    if (!(error instanceof RememberError)) throw error
    console.error('<NAME> must be 1 to 64 letters, digits, dots, dashes and underscores.')
    process.exitCode = exitCodes.usage
    return
  }
  const { trusted, signing } = key
  if (json) {
    console.log(JSON.stringify({ name, trusted, signing }, undefined, 2))
    return
  }
  console.log(
    [
      'Public. For everybody who reads: in `share.trustedKeys`, or in this variable.',
      '',
      `  REMEMBER_TRUSTED_KEYS=${trusted}`,
      '',
      'Private. Only for the jobs that may write, as a secret of your CI. It is shown once and stored nowhere.',
      '',
      `  REMEMBER_SIGNING_KEY=${signing}`,
      '',
      'To replace a key: trust both for a while, sign with the new one, then drop the old one from those trusted.',
    ].join('\n'),
  )
}

function defaultName(): string {
  return `key-${new Date().toISOString().slice(0, 10)}`
}
