import fs from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { lastStats } from '../../src/report/index.ts'
import { makeCheckout, type Checkout } from '../support/checkout.ts'
import { compareDirs } from '../support/compareDirs.ts'
import { tempDir } from '../support/temp.ts'
import { engines } from './engines.ts'
import { noCi } from './support.ts'

/** Engines that are named by a URL; what is an object has to be in a config. */
const byUrl = Object.entries(engines).filter(([name]) => !/^(unstorage|object)/.test(name))

const byConfig = {
  'unstorage driver': `
    import fsDriver from 'unstorage/drivers/fs'
    const remote = fsDriver({ base: process.env.REMOTE_FILES })`,
  object: `
    import fs from 'node:fs'
    const fileOf = (name) => process.env.REMOTE_FILES + '/' + name.replace('/', '-')
    const has = (name) => fs.existsSync(fileOf(name))
    const get = (name) => (has(name) ? fs.readFileSync(fileOf(name)) : undefined)
    const remote = { get, put: (name, bytes) => fs.writeFileSync(fileOf(name), bytes), has }`,
}

describe('a new machine, at another path, with an empty store', () => {
  let first: Checkout
  let second: Checkout

  beforeAll(async () => {
    const home = tempDir()
    first = await makeCheckout(path.join(home, 'a'), 'vue')
    second = await makeCheckout(path.join(home, 'zweite Kopie', 'äpp'), 'vue')
    for (const [name, source] of Object.entries(byConfig)) {
      for (const { app } of [first, second]) writeConfig(app, name, source)
    }
  })

  test.each(byUrl)('%s', async (_, start) => {
    const { spec, env, stop } = await start()
    onTestFinished(stop)
    await expectReuse({ env: { ...env, REMEMBER_REMOTE: spec as string } })
  })

  test.each(Object.keys(byConfig))('%s', async (name) => {
    await expectReuse({ env: { REMOTE_FILES: tempDir() }, config: `${name}.config.js` })
  })

  async function expectReuse(given: {
    env: Record<string, string>
    config?: string
  }): Promise<void> {
    const home = tempDir()
    const options = { ...given, env: { ...noCi, REMEMBER_SCOPE: 'main', ...given.env } }
    const built = await first.build('out', { store: path.join(home, 'store-a'), ...options })
    expect(built.stdout).toMatch(/shared: pushed 1 pack \(\d+ entries\) to main/)

    const store = path.join(home, 'store-b')
    const again = await second.build('out', { store, ...options })
    const requests = /shared: 1 pack from main, .* in (\d+) requests/.exec(again.stdout)?.[1]
    expect(Number(requests)).toBeLessThanOrEqual(10)
    const { plugins } = (await lastStats(store))!
    expect(plugins.reduce((sum, { hits }) => sum + hits, 0)).toBeGreaterThan(5)
    expect(plugins.reduce((sum, { misses }) => sum + misses, 0)).toBe(0)
    expect(compareDirs(path.join(first.app, 'out'), path.join(second.app, 'out'))).toEqual([])
  }
})

function writeConfig(app: string, name: string, source: string): void {
  const config = `${source}
    import remember from 'vite-plugin-remember'
    import base from './vite.config.js'
    const [, ...others] = base.plugins
    export default { ...base, plugins: [remember({ share: { remote } }), ...others] }
  `
  fs.writeFileSync(path.join(app, `${name}.config.js`), config)
}
