import fs from 'node:fs'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import type { App, Edit, Files } from './apps/app.ts'
import { startDevServer, type DevServerOptions } from './devServer.ts'

/** What a visitor of a dev server saw. Times, ports and folders are taken out, so that visits can be compared. */
export interface Visit {
  /** After the page has come and after each edit: all that it shows, with the styles of some elements. */
  readonly shown: readonly (readonly [what: string, page: string])[]
  /** All messages for hot updates, in order. */
  readonly updates: readonly unknown[]
  readonly errors: readonly string[]
  /** Calls inside remembered plugins until the page had come, and after each edit. */
  readonly calls: readonly (readonly string[])[]
  readonly printed: string
}

/** Starts the dev server of an app in `dir` (made anew) and does to it what the app says. */
export async function visit(
  browser: Browser,
  app: App,
  server: DevServerOptions & { readonly files: Files },
): Promise<Visit> {
  const { dir, files } = server
  fs.rmSync(dir, { recursive: true, force: true })
  for (const [name, content] of Object.entries({ 'package.json': '{"type":"module"}', ...files })) {
    write(path.join(dir, name), content)
  }
  const dev = await startDevServer(server)
  const page = await browser.newPage()
  page.setDefaultTimeout(90_000)
  const noted: { updates: unknown[]; errors: string[] } = { updates: [], errors: [] }
  const same = (text: string): string =>
    text
      .replaceAll(dir, '<dir>')
      .replaceAll(/127\.0\.0\.1:\d+/g, '<host>')
      .replaceAll(/([?&]t=)\d+/g, '$1<time>')
      .replaceAll(/([?&](?:v|token)=)[\w-]+/g, '$1<hash>')
      .replaceAll(/("timestamp":)\d+/g, '$10')

  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => {
      const update = JSON.parse(same(String(payload))) as Update
      // frames of the stack are those of the process, ours among them
      if (update.err) delete update.err.stack
      if (!['connected', 'ping', 'pong'].includes(update.type)) noted.updates.push(update)
    }),
  )
  page.on('pageerror', (error) => noted.errors.push(same(error.message)))
  page.on('console', (message) => {
    if (message.type() === 'error') noted.errors.push(same(message.text()))
  })

  const shown: [string, string][] = []
  const calls: string[][] = []
  const look = async (what: string, wanted: Pick<Edit, 'shows' | 'hides'>): Promise<void> => {
    try {
      await page.waitForFunction(appears(wanted), undefined, { timeout: 90_000 })
    } catch (error) {
      const now = await page.evaluate(see)
      throw new Error(
        `${what}: waited for ${JSON.stringify(wanted)} in\n${now}\n${JSON.stringify(noted)}`,
        {
          cause: error,
        },
      )
    }
    shown.push([what, same(await page.evaluate<string>(see))])
    calls.push((await dev.calls(app.included)).map(same).sort())
    // what is kept is seen at the next edit
    await page.evaluate(`document.querySelector('#count')?.click()`)
  }

  try {
    await page.goto(dev.url)
    await look('at first', app)
    for (const edit of app.edits) {
      const { fetches } = edit
      const fetched =
        fetches && page.waitForResponse((response) => response.url().includes(fetches))
      apply(path.join(dir, edit.file), edit.to)
      if (fetched) await (await fetched).finished()
      await look(edit.what, edit)
    }
  } finally {
    await page.close()
  }
  return { shown, calls, ...noted, printed: await dev.close() }
}

interface Update {
  readonly type: string
  readonly err?: { stack?: string }
}

/** Runs in the page: the text of the app, the styles of some elements, and the error overlay. */
const see = `(() => {
  const overlay = document.querySelector('vite-error-overlay')?.shadowRoot
  const parts = ['.plugin', '.message-body', '.file', '.frame']
  const styles = [...document.querySelectorAll('[data-see]')].map((element) => {
    const { color, backgroundColor, backgroundImage } = getComputedStyle(element)
    return [element.className, color, 'on', backgroundColor, backgroundImage].join(' ')
  })
  const said = overlay && ['overlay', ...parts.map((part) => overlay.querySelector(part)?.textContent)]
  return [document.querySelector('#app')?.innerText, ...styles, ...(said ?? [])].join('\\n')
})()`

function appears({ shows, hides }: Pick<Edit, 'shows' | 'hides'>): string {
  const has = `${see}.includes(${JSON.stringify(shows ?? hides ?? '')})`
  return hides === undefined ? has : `!${has}`
}

function apply(file: string, to: Edit['to']): void {
  if (to === null) return fs.rmSync(file)
  if (typeof to === 'string') return write(file, to)
  const text = fs.readFileSync(file, 'utf8')
  if (!text.includes(to[0])) throw new Error(`${file} has no ${to[0]}`)
  write(
    file,
    text.replace(to[0], () => to[1]),
  )
}

/** At once, as editors do that care: a watcher must not find half a file. */
function write(file: string, content: string): void {
  fs.mkdirSync(path.dirname(file), { recursive: true })
  const temp = path.join(path.dirname(path.dirname(file)), `${process.pid}.tmp`)
  fs.writeFileSync(temp, content)
  fs.renameSync(temp, file)
}
