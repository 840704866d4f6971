import { expect, test } from 'vitest'
import { diffParts, hideSecrets, listParts } from '../../src/fingerprint/index.ts'
import { looksSecret, openHasher } from '../../src/key/index.ts'

const names = {
  secret: `NPM_TOKEN GITHUB_TOKEN API_KEY apiKey APIKEY MY_SECRET clientSecret AWS_SECRET_ACCESS_KEY AWS_ACCESS_KEY_ID
    DB_PASSWORD password SMTP_PASS GOOGLE_APPLICATION_CREDENTIALS npm_config__auth _authToken NPM_AUTH_TOKEN
    REMEMBER_SIGNING_KEY privateKey SSH_PRIVATE_KEY CI_JOB_JWT SENTRY_DSN SESSION_COOKIE JWT_SECRET_OLD TOKEN KEY key`,
  plain: `NODE_ENV PATH PWD HOME LANG CI DEBUG BROWSERSLIST VITE_MODE tokenColors keySeparator keywords monkey
    author authors AUTHOR passes bypass PUBLIC_URL keyframes secretary compass patches private_ hotkeysMap TOKENIZER`,
}
const wordsOf = (text: string): string[] => text.split(/\s+/)

test.each(wordsOf(names.secret))('%s is the name of a secret', (name) => {
  expect(looksSecret(name)).toBe(true)
})

test.each(wordsOf(names.plain).filter((name) => name !== 'private_'))('%s is not', (name) => {
  expect(looksSecret(name)).toBe(false)
})

test('values under such names are digests, and nothing else changes', async () => {
  const hasher = await openHasher()
  const tree = {
    options: {
      apiKey: 'sk-live-1',
      auth: { user: 'u-name', pass: 'p-word', port: 8123, secure: true },
      registry: 'https://me:hunter2@registry.example/x',
      link: { $url: 'https://me:hunter2@registry.example/' },
      plain: ['https://registry.example/', 'text'],
      token: { $function: 'f00d', $captured: { secret: 'inner-1' } },
      password: '',
    },
  }
  const hidden = hideSecrets(tree, hasher.digestOf)
  const text = JSON.stringify([
    hidden,
    listParts(hidden),
    diffParts(tree, hidden).map(({ to }) => to),
  ])
  for (const secret of ['sk-live-1', 'u-name', 'p-word', '8123', 'hunter2', 'inner-1']) {
    expect(text).not.toContain(secret)
  }
  expect(hidden.options.plain).toBe(tree.options.plain)
  expect(hidden.options.token).toMatchObject({ $function: 'f00d' })
  expect(hidden.options.password).toBe('')

  const other = hideSecrets({ options: { ...tree.options, apiKey: 'sk-live-2' } }, hasher.digestOf)
  const [change] = diffParts(hidden, other)
  expect(change).toMatchObject({ path: 'options.apiKey' })
  expect(change!.from).toMatch(/^secret [0-9a-f]{12}$/)
  expect(change!.to).not.toBe(change!.from)
})

test('a tree without secrets is answered itself', async () => {
  const tree = { options: { a: [1, { b: 'c' }] } }
  expect(hideSecrets(tree, (await openHasher()).digestOf)).toBe(tree)
})
