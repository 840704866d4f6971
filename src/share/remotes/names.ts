import { RemoteError, type RemoteName } from '../remote.ts'

/** `content/<sha256>` or `manifests/<sha256>`: what every remote without a layout of its own uses. */
export function textOf(name: RemoteName): string {
  return `${name.kind === 'content' ? 'content' : 'manifests'}/${digestOf(name)}`
}

/**
 * The digest, which may go into paths and keys as it is 64 hexadecimal digits and nothing else.
 *
 * @throws RemoteError `invalid` when it is not
 */
export function digestOf({ sha256 }: RemoteName): string {
  if (/^[0-9a-f]{64}$/.test(sha256)) return sha256
  throw new RemoteError('invalid', 'A name in a shared cache must be 64 hexadecimal digits')
}
