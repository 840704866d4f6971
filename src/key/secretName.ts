/**
 * True for names that stand for secrets, such as `NPM_TOKEN`, `apiKey` or `password`: their values
 * are shown as digests, and what saw them stays on this machine. Of names in capitals, as variables
 * have them, any word counts; of others the last one: `tokenColors` are colours.
 */
export function looksSecret(name: string): boolean {
  const words = name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1_$2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toUpperCase()
    .split(/[^A-Z]+/)
    .filter((word) => word !== '')
  const last = words.at(-1) ?? ''
  if (keyWords.has(last) || isSecretWord(last)) return true
  if (/[a-z]/.test(name)) return false
  return words.some((word, at) => isSecretWord(word) || (word === 'KEY' && words[at + 1] === 'ID'))
}

function isSecretWord(word: string): boolean {
  return secretWords.has(word) || secretEnding.test(word)
}

const keyWords: ReadonlySet<string> = new Set(['KEY', 'KEYS'])

const secretWords: ReadonlySet<string> = new Set([
  'AUTH',
  'AUTHORIZATION',
  'BEARER',
  'COOKIE',
  'CREDS',
  'DSN',
  'JWT',
  'PASS',
  'PASSWD',
  'PAT',
  'PRIVATE',
  'SALT',
])

/** Also names without a gap, such as `APIKEY` or `MYSECRET`. */
const secretEnding =
  /(?:TOKEN|SECRET|PASSWORD|PASSPHRASE|CREDENTIAL|APIKEY|AUTHKEY|PRIVATEKEY|ACCESSKEY|SIGNINGKEY)S?$/
