import { expect, test } from 'vitest'
import { isAllowedHost } from '../../src/report/page/hosts.ts'

type Config = Parameters<typeof isAllowedHost>[1]

function config(server: Config['server']): Config {
  return { server } as Config
}

test.each([
  ['localhost:5173', {}, true],
  ['app.localhost', {}, true],
  ['127.0.0.1:5173', {}, true],
  ['[::1]:5173', {}, true],
  ['192.168.1.7', {}, true],
  ['evil.example', {}, false],
  ['localhost.evil.example', {}, false],
  ['evil.example#localhost', {}, false],
  [undefined, {}, false],
  ['', {}, false],
  ['dev.example', { allowedHosts: ['dev.example'] }, true],
  ['a.dev.example', { allowedHosts: ['dev.example'] }, false],
  ['a.dev.example', { allowedHosts: ['.dev.example'] }, true],
  ['dev.example', { allowedHosts: ['.dev.example'] }, true],
  ['evildev.example', { allowedHosts: ['.dev.example'] }, false],
  ['dev.example', { host: 'dev.example' }, true],
  ['dev.example', { hmr: { host: 'dev.example' } }, true],
  ['dev.example', { origin: 'https://dev.example:8443' }, true],
  ['evil.example', { host: true, hmr: true }, false],
  ['evil.example', { allowedHosts: true }, true],
  ['evil.example', { https: {} }, true],
] as const)('%s with %j: %s', (header, server, allowed) => {
  expect(isAllowedHost(header, config(server as Config['server']))).toBe(allowed)
})
