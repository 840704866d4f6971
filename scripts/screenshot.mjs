// Writes docs/images: the page of `remember report`, of the Vue playground after an edit. Needs
// Chromium (REMEMBER_TEST_BROWSER names another one).
//
//   node scripts/setup.mjs && node scripts/screenshot.mjs
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'
import { generate } from './generate.mjs'
import { buildCommand } from './lib/buildCommand.mjs'
import { runNodeOrThrow } from './lib/runNode.mjs'

const root = path.resolve(import.meta.dirname, '..')
const home = path.join(root, '.temp/screenshot')
const app = path.join(home, 'app')
const page = path.join(home, 'report.html')
const images = path.join(root, 'docs/images')
const env = { REMEMBER_DIR: path.join(home, 'store'), PLAYGROUND_OUT: path.join(home, 'out') }

rmSync(home, { recursive: true, force: true })
await generate('vue', 300, app)
// a workspace of its own, so that its files have short names
const manifest = path.join(app, 'package.json')
writeFileSync(manifest, JSON.stringify({ type: 'module', workspaces: [] }))
await build()
await build()
// an edit of one component, and one of a type that others import
appendFileSync(path.join(app, 'src/App.vue'), '\n<!-- edited -->\n')
appendFileSync(path.join(app, 'src/types/order.ts'), '\nexport type Edited = string\n')
await build()
await runNodeOrThrow(path.join(root, 'dist/cli.js'), {
  cwd: app,
  args: ['report', '--out', page],
  env,
})

mkdirSync(images, { recursive: true })
const executablePath = process.env.REMEMBER_TEST_BROWSER ?? '/usr/bin/chromium'
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
const viewport = { width: 1200, height: 680 }
const tab = await browser.newPage({ viewport, locale: 'en-GB', timezoneId: 'UTC' })
await tab.goto(pathToFileURL(page).href)
await tab.waitForSelector('.tile')
await tab.screenshot({ path: path.join(images, 'report.png') })
await tab.keyboard.press('2')
await tab.locator('.row', { hasText: 'order.ts' }).first().click()
await tab.waitForSelector('pre')
await tab.screenshot({ path: path.join(images, 'report-module.png') })
await browser.close()

function build() {
  const { script, args } = buildCommand('vue', path.join(root, 'node_modules'))
  return runNodeOrThrow(script, { cwd: app, args, env })
}
