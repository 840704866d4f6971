/**
 * True for names that stand for secrets, such as `NPM_TOKEN`, `apiKey` or `options.auth.password`:
 * their values are shown as digests, and what saw them stays on this machine.
 */
export function looksSecret(name: string): boolean {
  const words = name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1_$2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toUpperCase()
    .split(/[^A-Z]+/)
  return words.some(
    (word, at) =>
      secretWords.has(word) ||
      secretEndings.test(word) ||
      // `API_KEY` and `KEY_ID`, but not `keySeparator`
      (/^KEYS?$/.test(word) && /^(?:ID|FILE|PATH|BASE64|B64)?$/.test(words[at + 1] ?? '')),
  )
}

const secretWords: ReadonlySet<string> = new Set([
  'AUTH',
  'AUTHORIZATION',
  'BEARER',
  'COOKIE',
  'COOKIES',
  'CREDENTIAL',
  'CREDENTIALS',
  'CREDS',
  'DSN',
  'JWT',
  'PASS',
  'PASSPHRASE',
  'PASSWD',
  'PASSWORD',
  'PASSWORDS',
  'PAT',
  'PRIVATE',
  'SALT',
  'SECRET',
  'SECRETS',
  'SIGNATURE',
  'TOKEN',
  'TOKENS',
])

/** Names without a gap, such as `APIKEY` or `MYSECRET`. */
const secretEndings =
  /(?:TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIALS?|APIKEY|AUTHKEY|PRIVATEKEY|ACCESSKEY|SIGNINGKEY)S?$/
