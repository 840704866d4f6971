import { inspect } from 'node:util'
import { RememberError } from '../key/index.ts'

export function wrongOption(name: string, came: unknown, allowed: string): RememberError {
  const what =
    came === undefined ? 'is not known' : `is ${inspect(came, { depth: 1, breakLength: Infinity })}`
  return new RememberError(
    'WRONG_OPTION',
    `vite-plugin-remember: option \`${name}\` ${what}. Allowed: ${allowed}.`,
  )
}

export function wrongEnvironment(
  name: string,
  came: string,
  allowed: readonly string[],
): RememberError {
  return new RememberError(
    'WRONG_ENVIRONMENT',
    `vite-plugin-remember: environment variable ${name} is "${came}". Allowed: ${allowed.join(', ')}.`,
  )
}
