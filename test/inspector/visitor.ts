import fs from 'node:fs'
import path from 'node:path'
import axe from 'axe-core'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { expect } from 'vitest'
import { repository } from '../support/temp.ts'

/** A page, and what it did that a reader does not see. */
export interface Visited {
  readonly page: Page
  /** Errors on the console and thrown ones. */
  readonly errors: string[]
  /** Addresses that it asked for, itself left out. */
  readonly requests: string[]
}

export function openBrowser(): Promise<Browser> {
  // Debian's; `.ci/run` installs it
  const executablePath = process.env['REMEMBER_TEST_BROWSER'] ?? '/usr/bin/chromium'
  return chromium.launch({ executablePath, args: ['--no-sandbox'] })
}

export const phone: BrowserContextOptions = { viewport: { width: 390, height: 780 } }
export const dark: BrowserContextOptions = { colorScheme: 'dark' }

export async function visit(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Visited> {
  const viewport = { width: 1280, height: 820 }
  const context = await browser.newContext({ viewport, locale: 'en-GB', ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(40_000)
  const errors: string[] = []
  const requests: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') errors.push(message.text())
  })
  page.on('request', (request) => {
    if (request.url().split('#')[0] !== url.split('#')[0]) requests.push(request.url())
  })
  await page.goto(url)
  return { page, errors, requests }
}

/** Waits until an expression is true in the page, whose policy lets nobody wait in it with a text. */
export async function eventually(page: Page, expression: string): Promise<void> {
  await expect.poll(() => page.evaluate(expression), { timeout: 40_000 }).toBe(true)
}

/** Keeps what a page looks like, for people to look at. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = path.join(repository, '.temp/ci/inspector')
  fs.mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: path.join(folder, `${name}.png`) })
}

/** What axe finds that is serious or critical, each with the elements. */
export async function seriousFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const found = await page.evaluate<readonly Violation[]>(
    `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations)`,
  )
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`)
}

interface Violation {
  readonly id: string
  readonly impact: string
  readonly nodes: readonly { readonly html: string }[]
}

/** True when nothing makes the page wider than its window. */
export function fitsInWidth(page: Page): Promise<boolean> {
  return page.evaluate<boolean>(
    `[document.documentElement, document.querySelector('main')].every((it) => it.scrollWidth <= it.clientWidth)`,
  )
}
