import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lastStats, type Stats } from '../../src/report/index.ts'
import type { Report } from '../../src/report/model/index.ts'
import { runNode, type RunResult } from '../support/runNode.ts'
import { repository } from '../support/temp.ts'
import {
  createProject,
  hostile,
  moduleCode,
  moduleName,
  plainModules,
  type Project,
} from './project.ts'
import {
  dark,
  eventually,
  fitsInWidth,
  keepPicture,
  openBrowser,
  phone,
  seriousFaults,
  visit,
  type Visited,
} from './visitor.ts'

// The page as `remember report` writes it, of a build of thousands of modules, in a real browser.

let project: Project
let browser: Browser
let url: string
let stats: Stats
/** What the command printed. */
let said: string

beforeAll(async () => {
  project = createProject()
  await project.build()
  project.write(`src/${moduleName(7)}`, moduleCode(7, 'seven'))
  await project.build()
  stats = (await lastStats(project.store))!
  said = (await project.remember('report', '--out', 'out/report.html')).stdout
  url = pathToFileURL(path.join(project.dir, 'out/report.html')).href
  browser = await openBrowser()
}, 900_000)
afterAll(() => browser?.close())

function open(hash = '', options: BrowserContextOptions = {}): Promise<Visited> {
  return visit(browser, `${url}${hash}`, options)
}

async function close({ page, errors, requests }: Visited): Promise<void> {
  await page.context().close()
  expect(errors).toEqual([])
  expect(requests).toEqual([])
}

async function texts(page: Page, selector: string): Promise<string[]> {
  return (await page.locator(selector).allInnerTexts()).map((text) =>
    text.replace(/\s+/g, ' ').trim(),
  )
}

/** Names of the files in the rows that are there, from the top. */
function names(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(
    `[...document.querySelectorAll('.row')]
      .toSorted((a, b) => a.ariaRowIndex - b.ariaRowIndex)
      .map((row) => row.querySelector('.name').textContent)`,
  )
}

test('the command names the file; the page without data is small', () => {
  expect(said).toMatch(/^out\/report\.html \(.* MiB\)\n$/)
  const page = fs.readFileSync(path.join(repository, 'dist/inspector.html'))
  expect(gzipSync(page).length).toBeLessThan(150 * 1024)
})

test('the overview says what the build recorded', async () => {
  const visited = await open()
  const { page } = visited
  await page.waitForSelector('.tile')
  const [reused, saved, , fresh] = await texts(page, '.tile')
  expect(stats.hits).toBeGreaterThan(plainModules)
  const count = (number: number): string => number.toLocaleString('en')
  expect(reused).toBe(
    `Reused 99.9 % ${count(stats.hits)} of ${count(stats.hits + stats.misses)} hook calls`,
  )
  const [, number = '', unit] = /^Saved ([\d.]+) (ms|s) /.exec(saved!) ?? []
  expect(Number(number) * (unit === 's' ? 1000 : 1)).toBeCloseTo(stats.savedMs, -2)
  expect(fresh).toBe('New 2 1 of them can’t be stored')
  expect((await texts(page, '.bars .name')).sort()).toEqual(
    expect.arrayContaining(['asking', 'second', 'stamp', 'strange']),
  )
  expect(await texts(page, '.causes li')).toEqual(
    expect.arrayContaining(['code: changed 1', 'can’t be stored: this.getModuleIds 1']),
  )
  expect(await texts(page, '.runs tbody td:nth-child(2)')).toEqual(['99.9 %', '0 %'])
  await page.click('text=code: changed')
  await page.waitForSelector('.row')
  expect(await names(page)).toEqual(['module-7.js'])
  await close(visited)
})

test('the list: filter, sort, scroll', async () => {
  const visited = await open('#/modules')
  const { page } = visited
  await page.waitForSelector('.row')
  // main.js, asks.js and the hostile one
  expect(await page.innerText('.found')).toContain('5,003 modules')
  // what is not all reused comes first
  expect((await names(page)).slice(0, 2)).toEqual(['module-7.js', 'asks.js'])

  await page.fill('input[type=search]', 'part-49 99.js')
  expect(await page.innerText('.found')).toContain('1 of 5,003 modules')
  expect(await names(page)).toEqual(['module-4999.js'])
  await page.fill('input[type=search]', '')

  await page.selectOption('select[aria-label=Plugin]', 'second')
  expect(await page.innerText('.found')).toContain('500 of 5,003 modules')
  await page.selectOption('select[aria-label=State]', 'not stored')
  await page.waitForSelector('text=No module fits.')
  await page.selectOption('select[aria-label=Plugin]', '')
  expect(await names(page)).toEqual(['asks.js'])
  await page.selectOption('select[aria-label=State]', '')
  expect(page.url()).toMatch(/#\/modules$/)

  await page.click('button:has-text("Module")')
  await page.click('button:has-text("Module")')
  expect((await names(page))[0]).toMatch(/^<\/script>|^script>/)
  expect(page.url()).toContain('sort=-id')
  await page.click('button:has-text("Saved")')
  const order = await page.evaluate<number[]>(
    `[...document.querySelectorAll('.row')]
      .toSorted((a, b) => a.ariaRowIndex - b.ariaRowIndex)
      .map(({ children: [, , , { textContent }] }) => parseFloat(textContent) * (textContent.endsWith(' s') ? 1000 : 1))`,
  )
  expect(order.slice(0, 8)).toEqual(order.slice(0, 8).toSorted((a, b) => b - a))

  // thousands of rows, of which only those in sight are in the page
  await page.click('button:has-text("Module")')
  const height = await page.evaluate<number>(`document.querySelector('.grid').scrollHeight`)
  expect(height).toBe(5003 * 32 + 30)
  for (const share of [0.2, 0.7, 1]) {
    await page.evaluate(`document.querySelector('.grid').scrollTop = ${share * height}`)
    const wanted = Math.round(share * 5003)
    await eventually(
      page,
      `[...document.querySelectorAll('.row')].some((row) => Math.abs(row.ariaRowIndex - ${wanted}) < 40)`,
    )
    expect(await page.locator('.row').count()).toBeLessThan(80)
  }
  await close(visited)
})

test('a module: why it is new, its code before and after, its key and inputs', async () => {
  const visited = await open('#/modules?q=module-7.js')
  const { page } = visited
  await page.click('.row')
  await page.waitForSelector('pre')
  expect(await page.innerText('.details h2')).toBe('src/part-0/module-7.js')
  expect(await page.innerText('.because')).toContain('Why it is new code: changed')
  expect(await texts(page, '.line.added')).toEqual(['// stamped'])
  expect(await page.locator('.line.removed').count()).toBe(0)
  expect(await texts(page, '.line.same')).toEqual([
    'export const value7 = "seven"',
    'console.log(value7)',
  ])
  await page.click('button:has-text("before")')
  expect(await page.innerText('pre')).not.toContain('stamped')

  await page.click('summary:has-text("Key parts")')
  await page.waitForSelector('.parts dt')
  expect(await texts(page, '.parts dt')).toEqual(expect.arrayContaining(['id', 'code', 'call.ssr']))
  await page.click('summary:has-text("Inputs")')
  await page.waitForSelector('.parts dt:has-text("file")')
  expect(await texts(page, '.parts dt')).toEqual(
    expect.arrayContaining(['file src/part-0/module-7.js']),
  )
  await page.click('summary:has-text("What stands for the plugin")')
  await page.locator('.parts dd', { hasText: '"stamped"' }).first().waitFor()
  await keepPicture(page, 'module')
  await close(visited)
})

test('a second plugin was given what the first one gave; a reused call says what it saved', async () => {
  const visited = await open(`#/modules/${encodeURIComponent(`<root>/src/${moduleName(15)}`)}`)
  const { page } = visited
  await page.waitForSelector('.call + .call pre')
  expect(await texts(page, '.call h3')).toEqual([
    expect.stringMatching(/^stamp transform reused, saved/),
    expect.stringMatching(/^second transform reused, saved/),
  ])
  expect(await page.innerText('.call + .call .looks')).toContain('was given transform of stamp')
  expect(await texts(page, '.call + .call .line.removed')).toEqual(['console.log(value15)'])
  expect(await texts(page, '.call + .call .line.added')).toEqual(['console.info(value15)'])
  await close(visited)
})

test('a call that could not be stored says why', async () => {
  const visited = await open(`#/modules/${encodeURIComponent('<root>/src/asks.js')}`)
  const { page } = visited
  await page.waitForSelector('.call')
  expect(await texts(page, '.because')).toEqual(
    expect.arrayContaining(['Not stored this.getModuleIds']),
  )
  await close(visited)
})

test('all of it by keyboard', async () => {
  const visited = await open()
  const { page } = visited
  await page.waitForSelector('.tile')
  await page.keyboard.press('2')
  await page.waitForSelector('.row')
  await page.keyboard.press('/')
  await page.keyboard.type('module-12')
  // a key of the page is a letter in a field
  await page.keyboard.press('2')
  expect(await page.inputValue('input[type=search]')).toBe('module-122')
  await page.keyboard.press('Enter')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.waitForSelector('.details h2')
  const second = (await names(page))[1]!
  expect(await page.innerText('.details h2')).toContain(second)
  await page.keyboard.press('ArrowDown')
  const third = (await names(page))[2]!
  await page.locator('.details h2', { hasText: third }).waitFor()
  await page.keyboard.press('Escape')
  await page.waitForSelector('.details', { state: 'detached' })
  await page.keyboard.press('End')
  expect(await page.getAttribute('.row.active .id', 'title')).toContain('module-122')
  await page.keyboard.press('/')
  await page.keyboard.press('Escape')
  expect(await page.inputValue('input[type=search]')).toBe('')
  await page.keyboard.press('Escape')
  await page.keyboard.press('End')
  await page.waitForSelector('.row.active[aria-rowindex="5004"]')
  await page.keyboard.press('1')
  await page.waitForSelector('.tile')
  await close(visited)
})

test('names and code that want to be more than text are text', async () => {
  const visited = await open(`#/modules?q=${encodeURIComponent('onerror')}`)
  const { page } = visited
  await page.waitForSelector('.row')
  expect(await page.getAttribute('.row .id', 'title')).toBe(`virtual:${hostile}`)
  await page.click('.row')
  await page.waitForSelector('pre')
  expect(await page.innerText('pre')).toContain('</script><img src=x onerror=')
  expect(await page.evaluate(`window.hacked`)).toBeUndefined()
  expect(await page.locator('img').count()).toBe(0)
  expect(fs.readFileSync(new URL(url), 'utf8')).not.toContain('onerror')
  await close(visited)
})

describe.each([
  ['light', {}],
  ['dark', dark],
  ['on a phone', phone],
] as const)('%s', (look, options) => {
  test('each view is readable for all', async () => {
    const visited = await open('', options)
    const { page } = visited
    const views = [
      ['overview', '#/', '.tile'],
      ['modules', '#/modules', '.row'],
      ['details', `#/modules/${encodeURIComponent(`<root>/src/${moduleName(7)}`)}`, 'pre'],
    ] as const
    for (const [name, hash, selector] of views) {
      expect(visited.errors).toEqual([])
      await page.evaluate(`location.hash = ${JSON.stringify(hash)}`)
      await page.waitForSelector(selector)
      await keepPicture(page, `${name} ${look}`)
      expect(await seriousFaults(page), name).toEqual([])
      expect(await fitsInWidth(page), name).toBe(true)
    }
    await close(visited)
  })
})

test('light or dark as the system has it, until the reader chooses', async () => {
  const visited = await open('', dark)
  const { page } = visited
  await page.waitForSelector('.tile')
  const background = (): Promise<string> =>
    page.evaluate<string>(`getComputedStyle(document.body).backgroundColor`)
  const atFirst = await background()
  await page.click('button:has-text("Light")')
  expect(await background()).not.toBe(atFirst)
  await page.reload()
  await page.waitForSelector('.tile')
  expect(await background()).not.toBe(atFirst)
  await page.keyboard.press('t')
  expect(await background()).toBe(atFirst)
  await close(visited)
})

test('--no-code and --limit: what is left out is said', async () => {
  await project.remember('report', '--out', 'out/plain.html', '--no-code')
  const plain = await visit(
    browser,
    url.replace('report.html', 'plain.html#/modules?q=module-7.js'),
  )
  await plain.page.click('.row')
  await plain.page.waitForSelector('.call summary')
  expect(await plain.page.innerText('.call')).toContain('Left out of this file (--no-code).')
  expect(await plain.page.locator('pre').count()).toBe(0)
  await close(plain)

  const cut = await project.remember('report', '--out', 'out/small.html', '--limit', '1KB')
  expect(cut.stdout).toMatch(/The details of [45],\d+ modules are not in this file/)
  const small = await visit(
    browser,
    url.replace('report.html', 'small.html#/modules?q=module-7.js'),
  )
  await small.page.click('.row')
  await small.page.waitForSelector('pre')
  await small.page.evaluate(
    `location.hash = ${JSON.stringify(`#/modules/${encodeURIComponent(`<root>/src/${moduleName(4999)}`)}`)}`,
  )
  await small.page.waitForSelector('.details .notice')
  expect(await small.page.innerText('.details .notice')).toContain('--limit')
  await close(small)
})

test('report --json is the model', async () => {
  const { stdout } = await project.remember('report', '--json')
  const report = JSON.parse(stdout) as Report
  expect(report).toMatchObject({ format: 1, run: { hits: stats.hits, misses: stats.misses } })
  expect(report.run!.modules.length).toBe(plainModules + 3)
  expect(report.runs.length).toBe(2)
})

test('wrong usage is told; so is a store without a build', async () => {
  const run = (...args: readonly string[]): Promise<RunResult> =>
    runNode(path.join(repository, 'dist/cli.js'), {
      cwd: project.dir,
      args: ['report', ...args],
      env: { NO_COLOR: '1' },
    })
  expect(await run('--limit', 'much')).toMatchObject({
    code: 2,
    stderr: '--limit must be a text like 8MB, got "much".\n',
  })
  const none = await run('--dir', 'nothing')
  expect(none.code).toBe(1)
  expect(none.stderr).toMatch(/^No build is recorded in .*nothing\./)
  expect((await run('--help')).stdout).toContain('--no-code')
})
