import fs from 'node:fs'
import path from 'node:path'
import { runNodeOrThrow, type RunResult } from '../support/runNode.ts'
import { repository, tempDir } from '../support/temp.ts'

/** Modules of the project, besides the few that are there for a reason. */
export const plainModules = 5000

/** What a module id and code look like that want to be more than text. */
export const hostile = `</script><img src=x onerror="window.hacked=true">\u2028`

export interface Project {
  readonly dir: string
  readonly store: string
  /** Of Vite, as it was written. */
  readonly config: string
  write(name: string, content: string): void
  build(): Promise<RunResult>
  /** The command as it is published. */
  remember(...args: readonly string[]): Promise<RunResult>
}

/** An app of thousands of tiny modules, with plugins of its own that are remembered. */
export function createProject(modules: number = plainModules): Project {
  const home = tempDir('vite-8')
  const dir = path.join(home, 'app')
  const store = path.join(home, 'store')
  const env = { REMEMBER_DIR: store, NODE_ENV: undefined, VITEST: undefined, NO_COLOR: '1' }
  const write = (name: string, content: string): void => {
    const file = path.join(dir, name)
    fs.mkdirSync(path.dirname(file), { recursive: true })
    fs.writeFileSync(file, content)
  }
  const numbers = Array.from({ length: modules }, (_, number) => number)
  for (const number of numbers) write(`src/${moduleName(number)}`, moduleCode(number))
  write('src/asks.js', `export const asks = 'asks'\n`)
  write(
    'src/main.js',
    [
      ...numbers.map((number) => `import './${moduleName(number)}'`),
      `import './asks.js'`,
      `import ${JSON.stringify(`virtual:${hostile}`)}`,
    ].join('\n'),
  )
  write('package.json', '{"type":"module","workspaces":[]}')
  write('vite.config.js', config)
  return {
    dir,
    store,
    config,
    write,
    build: () =>
      runNodeOrThrow(path.join(repository, 'node_modules/vite/bin/vite.js'), {
        cwd: dir,
        args: ['build', '--logLevel', 'warn'],
        env,
      }),
    remember: (...args) =>
      runNodeOrThrow(path.join(repository, 'dist/cli.js'), { cwd: dir, args, env }),
  }
}

/** In folders of a hundred. */
export function moduleName(number: number): string {
  return `part-${Math.floor(number / 100)}/module-${number}.js`
}

export function moduleCode(number: number, value: string | number = number): string {
  return `export const value${number} = ${JSON.stringify(value)}\nconsole.log(value${number})\n`
}

const config = `
import remember from 'vite-plugin-remember'

const hostile = ${JSON.stringify(hostile)}

/** Takes some time for one module of ten. */
const stamp = (mark) => ({
  name: 'stamp',
  transform: {
    filter: { id: /src|virtual/ },
    handler(code, id) {
      if (id.endsWith('0.js')) for (const end = performance.now() + 1; performance.now() < end;);
      return { code: code + '// ' + mark + '\\n', map: null }
    },
  },
})

const second = {
  name: 'second',
  transform: {
    filter: { id: /5\\.js$/ },
    handler: (code) => ({ code: code.replace('console.log', 'console.info'), map: null }),
  },
}

const asking = {
  name: 'asking',
  transform: {
    filter: { id: /asks\\.js$/ },
    handler(code) {
      return { code: code + '// ' + [...this.getModuleIds()].length, map: null }
    },
  },
}

const strange = {
  name: 'strange',
  resolveId: (id) => (id.startsWith('virtual:') ? id : null),
  load: {
    filter: { id: /^virtual:/ },
    handler: () => 'export const text = ' + JSON.stringify(hostile) + '\\n',
  },
}

export default {
  plugins: [
    remember({ include: ['stamp', 'second', 'asking', 'strange'] }),
    strange,
    stamp('stamped'),
    second,
    asking,
  ],
  build: { minify: false, rollupOptions: { input: 'src/main.js' } },
}
`
