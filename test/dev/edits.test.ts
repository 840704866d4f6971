import path from 'node:path'
import { chromium, type Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Host } from '../../scripts/lib/hosts.mjs'
import { tempDir } from '../support/temp.ts'
import { cssApp } from './apps/css.ts'
import { reactApp } from './apps/react.ts'
import { svelteApp } from './apps/svelte.ts'
import { vueApp } from './apps/vue.ts'
import { visit, type Visit } from './visit.ts'
import { some } from '../support/some.ts'

const apps = [vueApp, reactApp, svelteApp, cssApp]
const all = apps.flatMap((app) =>
  (Object.keys(app.hosts) as Host[]).map((host) => [`${app.name} on ${host}`, app, host] as const),
)
const onVite7 = all.filter(([, , host]) => host.startsWith('vite-7'))
const cases = [...all.filter((one) => !onVite7.includes(one)), ...some(2, onVite7)]

let browser: Browser
beforeAll(async () => {
  // Debian's; `.ci/run` installs it
  const executablePath = process.env['REMEMBER_TEST_BROWSER'] ?? '/usr/bin/chromium'
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
})
afterAll(() => browser?.close())

describe.each(cases)('%s', (_title, app, host) => {
  test('edits arrive in a browser as they do without us', { timeout: 400_000 }, async () => {
    const home = tempDir(host)
    const files = { ...app.files, ...app.hosts[host] }
    const serve = (env: Record<string, string>): Promise<Visit> =>
      visit(browser, app, {
        dir: path.join(home, 'app'),
        host,
        files,
        env: { DEV_CACHE: path.join(home, 'deps'), REMEMBER_DIR: path.join(home, 'store'), ...env },
      })
    const plain = await serve({ DEV_PLAIN: '1' })
    const cold = await serve({})
    const warm = await serve({})

    for (const { shown, updates, errors } of [cold, warm]) {
      expect(shown).toEqual(plain.shown)
      expect(updates).toEqual(plain.updates)
      expect(errors).toEqual(plain.errors)
    }
    // counted inside of the plugins
    expect(plain.calls[0]?.length).toBeGreaterThan(app.refused.length)
    expect(cold.calls[0]).toEqual(plain.calls[0])
    expect(warm.calls[0]).toEqual(app.refused)
    for (const { printed } of [cold, warm]) expect(printed.match(/^remember {2}/gm)).toHaveLength(1)
  })
})
