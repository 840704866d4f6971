import {
  isSameKey,
  parseSigningKey,
  parseTrustedKeys,
  type SigningKey,
  type TrustedKey,
} from './keys.ts'
import type { Env, Scopes } from './scopes.ts'

/** Whom a build believes, and as whom it writes. */
export interface Trust {
  /** Keys of which one must have signed what is read; undefined where nothing need be signed. */
  readonly keys: readonly TrustedKey[] | undefined
  readonly signingKey: SigningKey | undefined
}

/**
 * The environment decides, and a config can only take away from it, because whoever can change the
 * code can change the config: of keys that both name, those that are the same in both count. With a
 * signing key and no other word, only what it signed is believed.
 *
 * @param given the option `share.trustedKeys`
 * @throws RememberError for texts that are no keys
 */
export function resolveTrust(env: Env, given: readonly string[] | undefined): Trust {
  const { REMEMBER_TRUSTED_KEYS: named, REMEMBER_SIGNING_KEY: signing } = env
  const signingKey = signing
    ? parseSigningKey(signing, 'environment variable REMEMBER_SIGNING_KEY')
    : undefined
  // set and empty is a secret that this job may not have: it believes nobody
  const ofEnv =
    named === undefined
      ? undefined
      : parseTrustedKeys([named], 'environment variable REMEMBER_TRUSTED_KEYS')
  const ofConfig = given && parseTrustedKeys(given, 'option `share.trustedKeys`')
  if (ofEnv && ofConfig) {
    return { signingKey, keys: ofEnv.filter((key) => ofConfig.some((one) => isSameKey(one, key))) }
  }
  const keys = ofEnv ?? ofConfig ?? (signingKey && [signingKey.trusted])
  return { signingKey, keys }
}

/** Whether a build may write, and why not: `quiet` where nobody needs to be told. */
export type Right =
  | { readonly write: true }
  | { readonly write: false; readonly why: string; readonly quiet: boolean }

/** @param given the option `share.write`: it can take the right away, not give it */
export function rightToWrite(
  { keys, signingKey }: Trust,
  { untrusted, isCi }: Pick<Scopes, 'untrusted' | 'isCi'>,
  given: boolean | undefined,
): Right {
  if (untrusted !== undefined) return { write: false, why: untrusted, quiet: false }
  if (given === false) return { write: false, why: 'option `share.write`', quiet: true }
  if (signingKey === undefined) {
    if (isCi) return { write: false, why: 'no REMEMBER_SIGNING_KEY', quiet: false }
    if (keys === undefined) return { write: true }
    return { write: false, why: 'no REMEMBER_SIGNING_KEY', quiet: true }
  }
  if (keys?.some((key) => isSameKey(key, signingKey.trusted))) return { write: true }
  const why = `signing key ${signingKey.name} is not among the trusted keys`
  return { write: false, why, quiet: false }
}
