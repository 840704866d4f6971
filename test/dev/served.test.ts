import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Host } from '../../scripts/lib/hosts.mjs'
import { lastStats } from '../../src/report/index.ts'
import { copyPlayground } from '../support/playground.ts'
import { startDevServer } from './devServer.ts'

interface App {
  readonly app: string
  readonly host: Host
  /** Calls that run in every session. */
  readonly refused: readonly RegExp[]
}

const modules = /^vite:css transform .*\.module\.\w+$/

const apps: readonly App[] = [
  { app: 'vue', host: 'vite-8', refused: [] },
  { app: 'vue', host: 'vite-7', refused: [] },
  { app: 'vue', host: 'vite-6', refused: [] },
  { app: 'react-compiler', host: 'vite-8', refused: [modules] },
  { app: 'svelte', host: 'vite-8', refused: [] },
  // and those with assets, whose URLs have the time of their last edit
  { app: 'css', host: 'vite-8', refused: [modules, /\/(?:base\.css|main\.scss|panels\.less)$/] },
  { app: 'css', host: 'vite-7', refused: [modules, /\/(?:base\.css|main\.scss|panels\.less)$/] },
]

describe.each(apps.map((each) => [`${each.app} on ${each.host}`, each] as const))(
  '%s',
  (_title, { app, host, refused }) => {
    test(
      'a warm dev server serves what a plain one does, byte for byte',
      { timeout: 400_000 },
      async () => {
        const { dir, store } = await copyPlayground(app, host)
        const serve = async (
          env: Record<string, string>,
        ): Promise<{ served: Map<string, string>; calls: string[] }> => {
          const server = await startDevServer({
            dir,
            host,
            env: { REMEMBER_DIR: store, DEV_CACHE: path.join(dir, '../deps'), ...env },
          })
          const served = await crawl(server.url)
          // which dependencies Vite transforms ahead of their requests is a matter of time
          const calls = (await server.calls())
            .filter((call) => !/\/deps\/|node_modules/.test(call))
            .sort()
          await server.close()
          return { served, calls }
        }
        const plain = await serve({ PLAYGROUND_PLAIN: '1' })
        const cold = await serve({})
        const warm = await serve({})

        expect(plain.served.size).toBeGreaterThanOrEqual(10)
        expect(differences(plain.served, cold.served)).toEqual([])
        expect(differences(plain.served, warm.served)).toEqual([])
        expect(cold.calls).toEqual(plain.calls)
        expect(plain.calls.length).toBeGreaterThanOrEqual(5)
        const again = warm.calls.filter((call) => !refused.some((pattern) => pattern.test(call)))
        expect(again).toEqual([])
        expect(warm.calls.length).toBeLessThan(plain.calls.length / 2)
      },
    )
  },
)

test('a dev server that is terminated leaves its record', async () => {
  const { dir, store } = await copyPlayground('css', 'vite-8')
  const server = await startDevServer({ dir, host: 'vite-8', env: { REMEMBER_DIR: store } })
  await crawl(server.url)
  await server.terminate()
  expect((await lastStats(store))?.misses).toBeGreaterThan(0)
})

/** Every module of the app that its page leads to, and what came for it. */
async function crawl(url: string): Promise<Map<string, string>> {
  const served = new Map<string, string>()
  const asked = new Set<string>()
  async function ask(place: string): Promise<void> {
    if (asked.has(place)) return
    asked.add(place)
    const response = await fetch(new URL(place, url))
    const text = await response.text()
    // the hash of the dependencies, in which the names of all plugins are: ours too
    served.set(stable(place), `${response.status} ${stable(text)}`)
    const found = text.matchAll(/(?:from|import|src=)\s*\(?\s*["'](\/[^"']+)["']/g)
    const own = Array.from(found, (match) => match[1]!).filter(
      (each) => !/node_modules|^\/@|\/deps\//.test(each),
    )
    await Promise.all(own.map(ask))
  }
  await ask('/')
  return served
}

function stable(text: string): string {
  const sorted = text.replaceAll(/([?&]v=)\w+/g, '$1<hash>').replaceAll(fromCommonJs, (lines) =>
    lines
      .match(/[^;]+;/g)!
      .sort()
      .join(''),
  )
  return sorted.replaceAll(/(?<=base64,)[\w+/=]+/g, (map) => {
    const json = Buffer.from(map, 'base64')
      .toString()
      .replaceAll(/([?&]v=)\w+/g, '$1<hash>')
    // in the other order they are in other places
    return hoisted.test(json) ? '<map>' : json
  })
}

/**
 * What a module imports from CommonJS, which Vite puts before it as each import is resolved, in
 * an order that is chance (vite 8.3, `interopNamedImports` in the `Promise.all` over all imports).
 */
const fromCommonJs = /(?:const [^;=]+ = [^;]*__vite__cjsImport[^;]*; ?)+/g
const hoisted = /__vite__cjsImport/

/** Places that one of two servers served otherwise, or not at all, with the first line that differs. */
function differences(
  plain: ReadonlyMap<string, string>,
  other: ReadonlyMap<string, string>,
): readonly string[] {
  const places = new Set([...plain.keys(), ...other.keys()])
  return [...places]
    .filter((place) => plain.get(place) !== other.get(place))
    .map((place) => {
      const lines = other.get(place)?.split('\n') ?? []
      const was = plain.get(place)?.split('\n') ?? []
      const at = lines.findIndex((line, i) => line !== was[i])
      return `${place}: ${was[at]?.slice(0, 500)} → ${lines[at]?.slice(0, 500)}`
    })
}
