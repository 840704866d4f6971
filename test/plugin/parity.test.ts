import { describe, expect, test } from 'vitest'
import { openCache, type Cache } from '../../src/engine.ts'
import { calleeDigest, hookRequest, type HookCall } from '../../src/plugin/request.ts'
import { remembered } from '../../src/plugin/remembered.ts'
import { resolveOptions } from '../../src/plugin/options.ts'
import { openHasher, type Digest, type NamedParts } from '../../src/key/index.ts'
import { build, hosts, project, statsOf, storeOf, type BuildRequest, type Host } from './harness.ts'

// One primitive behind every surface: equal named parts give the equal key,
// status, value and tags, however they get there.

const shout = (): Record<string, unknown> => ({
  name: 'shout',
  transform(code: string) {
    return { code: code.replace('parity', 'PARITY'), map: null }
  },
})

const source = 'var parity = 1\n'
const expected = { result: { code: 'var PARITY = 1\n', map: null }, effects: [] }

interface Surface {
  readonly name: string
  /** Makes the same call through this surface. */
  run(
    host: Host,
    root: string,
    extra: NamedParts | undefined,
    tags: readonly string[],
  ): Promise<void>
}

const surfaces: readonly Surface[] = [
  {
    name: 'wrapped hooks',
    run: (host, root, extra, tags) =>
      viaPlugin({ host, root, plugins: () => [shout()] }, extra, tags),
  },
  {
    name: 'remembered()',
    run: (host, root, extra, tags) =>
      viaPlugin(
        { host, root, plugins: () => [remembered(shout(), extra === undefined ? {} : { extra })] },
        undefined,
        tags,
      ),
  },
  {
    name: 'remember()',
    async run(_host, root, extra, tags) {
      const cache = await openCache({ dir: storeOf(root) })
      const [first] = await hookEntries(cache)
      const plugin = { name: 'shout', fingerprint: (await seenFingerprint(root)) as Digest }
      const call: HookCall = {
        hook: 'transform',
        id: `${root}/main.js`,
        code: source,
        options: await optionsOf(root),
        isOrdinary: false,
      }
      const place = { toPortable: (text: string) => text.replaceAll(`${root}/`, '<root>/') }
      const callee = { name: 'shout', digest: calleeDigest(await openHasher(), plugin, call) }
      const request = hookRequest(callee, call, place.toPortable(call.id), {
        extra: extra ?? {},
        tags,
      })
      // the wrapped hook's own file is an input that holds
      const done = await cache.remember(request, () => expected, {
        check: { holds: () => true, sets: new Map() },
      })
      if (first) expect(done.status).toBe('hit')
      expect(done.value).toEqual(expected)
      await cache.close()
    },
  },
]

async function viaPlugin(
  request: BuildRequest,
  extra: NamedParts | undefined,
  tags: readonly string[],
): Promise<void> {
  await build({
    ...request,
    remember: { include: ['shout'], tags: [...tags], ...(extra === undefined ? {} : { extra }) },
  })
}

async function hookEntries(cache: Cache) {
  return (await cache.entries()).filter(
    ({ namespace }) => namespace === 'vite-plugin-remember/hook',
  )
}

async function keysAndTags(root: string) {
  const cache = await openCache({ dir: storeOf(root) })
  const entries = await hookEntries(cache)
  await cache.close()
  return entries
    .filter(({ label }) => label === 'shout transform <root>/main.js')
    .map(({ key, tags }) => ({ key, tags }))
}

async function seenFingerprint(root: string): Promise<string> {
  const { readBuilds } = await import('../../src/engine.ts')
  const record = (await readBuilds(storeOf(root))).find(({ notes }) => 'seen' in notes)
  const seen = record!.notes['seen'] as { plugin: string; hook: string; fingerprint: string }[]
  return seen.find(({ plugin, hook }) => plugin === 'shout' && hook === 'transform')!.fingerprint
}

/** What hosts say of a call besides code and id: Rolldown names the module's type. */
async function optionsOf(root: string): Promise<NamedParts> {
  const { readBuilds } = await import('../../src/engine.ts')
  const record = (await readBuilds(storeOf(root))).find(({ notes }) => 'seen' in notes)
  const native = record!.notes['host'] === 'rolldown'
  return { ssr: false, moduleType: native ? 'js' : undefined, attributes: {} }
}

const extras: readonly (NamedParts | undefined)[] = [
  undefined,
  {},
  { locale: 'en', deep: { list: [1, '1', null] } },
]

describe.each(hosts.filter((host) => host === 'rollup' || host === 'rolldown'))('%s', (host) => {
  test.each(extras)('equal parts, equal key, status, value and tags: extra %j', async (extra) => {
    const root = project({ 'main.js': source })
    const seen = []
    for (const [index, surface] of surfaces.entries()) {
      await surface.run(host, root, extra, [`from ${index}`])
      seen.push(await keysAndTags(root))
    }
    const keys = seen.map((entries) => entries.map(({ key }) => key))
    expect(keys[0]!.length).toBe(1)
    expect(keys).toEqual([keys[0], keys[0], keys[0]])
    // each surface added a tag, and none was lost
    expect(seen.at(-1)!.map(({ tags }) => tags)).toEqual([['from 0', 'from 1', 'from 2']])
  })

  test('absent and empty extras are one key; another extra is another', async () => {
    const root = project({ 'main.js': source })
    for (const extra of extras) await surfaces[0]!.run(host, root, extra, [])
    expect((await keysAndTags(root)).length).toBe(2)
    expect((await statsOf(root)).hits).toBe(0)
  })
})

describe('labelled data only, on every surface', () => {
  const wrong: readonly unknown[] = [
    ['en'],
    [['locale', 'en']],
    'en',
    7,
    null,
    new Map([['locale', 'en']]),
  ]

  test.each(wrong)('%j is refused with the same message', async (extra) => {
    const cache = await openCache({ dir: storeOf(project({})) })
    const attempts: readonly (() => unknown)[] = [
      () => cache.remember({ namespace: 'n', parts: {}, extra: extra as never }, () => 1),
      () => remembered({}, { extra: extra as never }),
      () => resolveOptions({ extra: extra as never }),
    ]
    const messages = await Promise.all(
      attempts.map(async (attempt) => {
        try {
          await attempt()
        } catch (error) {
          return (error as Error).message
        }
        return 'accepted'
      }),
    )
    await cache.close()
    expect(messages[0]).toMatch(/^`extra` must be a plain object of labelled data, got /)
    expect(new Set(messages).size).toBe(1)
  })
})
