import { inspect } from 'node:util'
import { RememberError } from '../key/index.ts'

/** An option of `share` that is not of its form. What came is not shown: it may hold a credential. */
export function wrongShare(option: string, allowed: string): RememberError {
  return new RememberError(
    'WRONG_OPTION',
    `vite-plugin-remember: option \`${option}\` is not of its form. Allowed: ${allowed}.`,
  )
}

/** A private key where everybody can read it. */
export function keyInConfig(option: string): RememberError {
  return new RememberError(
    'SECRET_IN_CONFIG',
    `vite-plugin-remember: option \`${option}\` does not exist: a private key must not be in a config. Set the environment variable REMEMBER_SIGNING_KEY where it may be known, and replace the key (\`remember keygen\`) if it was committed.`,
  )
}

/** What came is not shown. */
export function wrongKey(where: string): RememberError {
  return new RememberError(
    'WRONG_KEY',
    `vite-plugin-remember: ${where} must be \`name:…\` as \`remember keygen\` prints it, several separated by commas.`,
  )
}

/** A private key where a public one belongs. What came is not shown. */
export function privateKeyShown(where: string): RememberError {
  return new RememberError(
    'SECRET_IN_CONFIG',
    `vite-plugin-remember: ${where} holds a private key. Put the public one there, and replace the key (\`remember keygen\`) if others could read it.`,
  )
}

export function wrongScope(where: string, came: unknown): RememberError {
  return new RememberError(
    'WRONG_SCOPE',
    `vite-plugin-remember: ${where} is ${inspect(came, { breakLength: Infinity })}. A scope is a text of 1 to 200 characters without control characters, e.g. the name of a branch.`,
  )
}
