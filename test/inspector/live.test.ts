import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import http from 'node:http'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hostModules, type Host } from '../../scripts/lib/hosts.mjs'
import type { ModuleDetails, Report } from '../../src/report/model/index.ts'
import { createProject, moduleCode, moduleName, plainModules, type Project } from './project.ts'
import { keepPicture, openBrowser, seriousFaults, visit } from './visitor.ts'

// The page as a dev server serves it, of a session that goes on.

interface Served {
  readonly url: string
  transform(urls: readonly string[]): Promise<void>
  close(): Promise<void>
}

async function serve({ dir, store }: Project, host: Host = 'vite-8', base = '/'): Promise<Served> {
  const child: ChildProcess = fork(
    path.join(import.meta.dirname, 'workers/dev.mjs'),
    [path.join(hostModules(host), 'vite/dist/node/index.js'), dir, base],
    {
      cwd: dir,
      env: { ...process.env, REMEMBER_DIR: store, NODE_ENV: undefined, VITEST: undefined },
      silent: true,
    },
  )
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => (printed += text))
  }
  const ended = once(child, 'exit') as Promise<[number | null]>
  const answer = async (): Promise<{ url: string }> => {
    const told = await Promise.race([once(child, 'message'), ended.then(() => undefined)])
    if (!told) throw new Error(`The dev server ended:\n${printed}`)
    return told[0] as { url: string }
  }
  const { url } = await answer()
  return {
    url,
    async transform(urls) {
      child.send({ urls })
      await answer()
    },
    async close() {
      child.send('close')
      const [code] = await ended
      if (code !== 0) throw new Error(`The dev server ended with ${code}:\n${printed}`)
    },
  }
}

const all = Array.from({ length: plainModules }, (_, number) => `/src/${moduleName(number)}`)

let browser: Browser
let project: Project
beforeAll(async () => {
  project = createProject()
  browser = await openBrowser()
})
afterAll(() => browser?.close())

/** Waits for a text of the overview or the list. */
function shows(page: Page, selector: string, text: string): Promise<void> {
  return page.locator(selector, { hasText: text }).first().waitFor()
}

test(
  'shows what the session did until now, and goes on with it',
  { timeout: 300_000 },
  async () => {
    const cold = await serve(project)
    await cold.transform(all)
    await cold.close()
    project.write(`src/${moduleName(7)}`, moduleCode(7, 'seven'))

    const warm = await serve(project)
    const { page, errors, requests } = await visit(browser, `${warm.url}__remember/`)
    await shows(page, '.run', 'Live')
    await shows(page, '.tile', '0 of 0 hook calls')
    await warm.transform(all.slice(0, 100))
    // 100 calls of `stamp` and 10 of `second`
    await shows(page, '.tile', '109 of 110 hook calls')
    await warm.transform(all)
    await shows(page, '.tile', '5,499 of 5,500 hook calls')
    expect(await page.innerText('.causes')).toContain('code: changed')
    await keepPicture(page, 'live overview')
    expect(await seriousFaults(page)).toEqual([])

    await page.keyboard.press('2')
    await shows(page, '.found', '5,000 modules')
    expect(await page.innerText('.row .name')).toBe('module-7.js')
    expect(await page.locator('.row').count()).toBeLessThan(80)
    await page.fill('input[type=search]', 'module-7.js')
    await page.click('.row')
    await page.waitForSelector('pre')
    expect(await page.innerText('.because')).toContain('Why it is new code: changed')
    expect(await page.innerText('.line.added')).toContain('// stamped')
    await page.click('summary:has-text("What stands for the plugin")')
    await shows(page, '.parts dd', '"stamped"')
    await keepPicture(page, 'live module')

    expect(errors).toEqual([])
    const { origin } = new URL(warm.url)
    expect(requests.every((url) => url.startsWith(`${origin}/__remember/`))).toBe(true)
    await page.context().close()
    await warm.close()
  },
)

/** With headers that `fetch` does not let anybody set. */
function ask(
  url: string,
  { method = 'GET', headers = {} }: { method?: string; headers?: Record<string, string> } = {},
): Promise<{ status: number | undefined; headers: http.IncomingHttpHeaders; text: string }> {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method, headers }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part: string) => (text += part))
      response.on('end', () =>
        resolve({ status: response.statusCode, headers: response.headers, text }),
      )
    })
    request.on('error', reject).end()
  })
}

test.each([
  ['vite-8', '/'],
  ['vite-7', '/below/'],
  ['vite-6', '/'],
] as const)('%s at %s: who may read it, and what', async (host, base) => {
  const server = await serve(project, host, base)
  const at = `${server.url}__remember/`
  expect(new URL(at).pathname).toBe(`${base}__remember/`)
  await server.transform([`/src/${moduleName(5)}`])

  const page = await ask(at)
  expect(page.status).toBe(200)
  expect(page.text).toContain(`connect-src 'self'`)
  expect((await ask(at.slice(0, -1))).headers.location).toBe(`${base}__remember/`)
  const report = JSON.parse((await ask(`${at}report.json`)).text) as Report
  expect(report.run).toMatchObject({ isLive: true })
  const { id } = report.run!.modules[0]!
  expect(id).toBe(`<root>/src/${moduleName(5)}`)
  const details = await ask(`${at}module.json?id=${encodeURIComponent(id)}`)
  const { calls } = JSON.parse(details.text) as ModuleDetails
  // Vite's own come and go with its versions
  const own = calls.filter(({ plugin }) => !plugin.startsWith('vite:'))
  expect(own.map(({ after }) => after)).toEqual([
    `${moduleCode(5)}// stamped\n`,
    `${moduleCode(5)}// stamped\n`.replace('console.log', 'console.info'),
  ])

  const status = async (headers: Record<string, string>, name = 'report.json'): Promise<unknown> =>
    (await ask(at + name, { headers })).status
  expect(await status({ host: 'evil.example' })).toBe(403)
  expect(await status({ origin: 'http://evil.example' })).toBe(403)
  expect(await status({ origin: 'null' })).toBe(403)
  expect(await status({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' })).toBe(403)
  expect(await status({ origin: new URL(server.url).origin })).toBe(200)
  // a link on another site leads to the page, which shows nothing to that site
  expect(await status({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }, '')).toBe(
    200,
  )
  expect((await ask(at, { method: 'POST' })).status).toBe(405)
  expect((await ask(at, { method: 'HEAD' })).text).toBe('')
  // only modules of the store
  for (const other of ['../../../../etc/passwd', '/etc/passwd', '<root>/package.json']) {
    expect((await ask(`${at}module.json?id=${encodeURIComponent(other)}`)).status).toBe(404)
  }
  expect((await ask(`${at}anything`)).status).toBe(404)
  await server.close()
})

test('`inspector: false` leaves it out', async () => {
  const off = createProject(1)
  off.write('vite.config.js', off.config.replace('remember({', 'remember({ inspector: false,'))
  const server = await serve(off)
  expect((await ask(`${server.url}__remember/`)).text).not.toContain('remember-')
  expect((await ask(`${server.url}__remember/report.json`)).status).toBe(404)
  await server.close()
})
