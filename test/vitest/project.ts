import fs from 'node:fs'
import path from 'node:path'
import { execFileSync } from 'node:child_process'
import { hostHome, hostModules } from '../../scripts/lib/hosts.mjs'
import { runNode, type RunResult } from '../support/runNode.ts'
import { tempDir } from '../support/temp.ts'

export type VitestHost = 'vitest-4' | 'vitest-5'

/** A project whose tests use Vue components; some fail, at places that source maps must find. */
const files: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({ name: 'app', type: 'module', private: true }),
  'vite.config.js': `
import vue from '@vitejs/plugin-vue'
import remember from 'vite-plugin-remember'
import { defineConfig } from 'vitest/config'

const stamp = {
  name: 'own-stamp',
  transform(code, id) {
    if (!id.endsWith('stamped.js')) return
    return { code: code + '\\nexport const stamp = "' + code.length + '"\\n', map: null }
  },
}

export default defineConfig({
  plugins: [
    remember({ include: [/^own-/] }),
    stamp,
    vue(),
  ],
  test: {
    // the order of files would follow how long they took before
    cache: false,
    fileParallelism: false,
    experimental: {
      fsModuleCache: process.env.FS_MODULE_CACHE === '1',
      // advice that Vitest 5 gives or not by how long its workers took to start
      diagnostics: { isolate: false },
    },
    coverage: {
      provider: 'v8',
      include: ['src/**'],
      reporter: ['json'],
      reportOnFailure: true,
      reportsDirectory: process.env.COVERAGE_DIR,
    },
  },
})
`,
  'src/Hello.vue': `<script setup lang="ts">
import { computed } from 'vue'
import { greet } from './greet.js'

const props = defineProps<{ name: string; fails?: boolean }>()
const text = computed(() => {
  if (props.fails) throw new Error('thrown in a component')
  return greet(props.name)
})
</script>

<template>
  <p class="hello">{{ text }}</p>
</template>

<style scoped>
.hello {
  color: red;
}
</style>
`,
  'src/greet.js': `export function greet(name) {
  if (name === '') {
    throw new TypeError('no name')
  }
  return 'Hello ' + name
}

export function unused() {
  return 'never called'
}
`,
  'src/stamped.js': `export const stamped = true\n`,
  'test/hello.test.js': `import { createSSRApp } from 'vue'
import { renderToString } from 'vue/server-renderer'
import { expect, test } from 'vitest'
import Hello from '../src/Hello.vue'
import { stamp } from '../src/stamped.js'

const render = (props) => renderToString(createSSRApp(Hello, props))

test('renders', async () => {
  expect(await render({ name: 'you' })).toContain('Hello you</p>')
  expect(stamp).toBe('28')
})

test('fails in a component', async () => {
  await render({ name: 'you', fails: true })
})

test('fails below a component', async () => {
  await render({ name: '' })
})

test('fails itself', async () => {
  const html = await render({ name: 'me' })
  expect(html).toBe('<p>something else</p>')
})
`,
  'test/mock.test.js': `import { createSSRApp } from 'vue'
import { renderToString } from 'vue/server-renderer'
import { expect, test, vi } from 'vitest'
import Hello from '../src/Hello.vue'

const { mocked } = vi.hoisted(() => ({ mocked: 'mocked greeting' }))
vi.mock('../src/greet.js', () => ({ greet: () => mocked }))

test('a module that a component imports is mocked', async () => {
  const html = await renderToString(createSSRApp(Hello, { name: 'you' }))
  expect(html).toContain('mocked greeting')
})
`,
  'test/other.test.js': `import { expect, test } from 'vitest'
import { greet } from '../src/greet.js'

test('greets', () => expect(greet('you')).toBe('Hello you'))
`,
}

export interface VitestRun {
  readonly code: number | null
  /** By test: its state and its errors, with their stacks. */
  readonly results: unknown
  /** What was printed, without times. */
  readonly printed: string
  /** By file: what ran, if coverage was asked for. */
  readonly coverage: unknown
}

export interface VitestProject {
  readonly dir: string
  readonly node: string
  run(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<VitestRun>
}

/** Writes the project where the host's packages resolve. */
export function vitestProject(host: VitestHost, node: string = process.execPath): VitestProject {
  hostModules(host)
  const dir = path.join(tempDir(host), 'app')
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(dir, name)), { recursive: true })
    fs.writeFileSync(path.join(dir, name), text)
  }
  const git = (...args: readonly string[]): unknown => execFileSync('git', args, { cwd: dir })
  git('init', '--quiet')
  git('add', '.')
  const author = ['-c', 'user.name=A', '-c', 'user.email=a@example.org']
  git(...author, 'commit', '--quiet', '--message', 'x')
  let runs = 0

  async function run(
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<VitestRun> {
    const place = path.join(path.dirname(dir), `run-${runs++}`)
    const json = path.join(place, 'results.json')
    const all = ['run', '--no-color', '--reporter=default', '--reporter=json', ...args]
    const result = await runNode(vitestScript(host), {
      cwd: dir,
      node,
      args: [...all, `--outputFile.json=${json}`],
      env: {
        COVERAGE_DIR: path.join(place, 'coverage'),
        REMEMBER_DIR: path.join(path.dirname(dir), 'store'),
        ...env,
      },
    })
    const coverage = path.join(place, 'coverage/coverage-final.json')
    return {
      code: result.code,
      results: resultsOf(json, result),
      printed: withoutTimes(result.stdout + result.stderr).replaceAll(place, '<run>'),
      coverage: fs.existsSync(coverage) ? coverageOf(coverage) : undefined,
    }
  }
  return { dir, node, run }
}

function vitestScript(host: VitestHost): string {
  return path.join(hostHome(host), 'node_modules/vitest/vitest.mjs')
}

interface JsonReport {
  readonly testResults: readonly {
    readonly name: string
    readonly assertionResults: readonly {
      readonly fullName: string
      readonly status: string
      readonly failureMessages: readonly string[]
    }[]
  }[]
}

function resultsOf(json: string, { stdout, stderr }: RunResult): unknown {
  if (!fs.existsSync(json)) throw new Error(`Vitest wrote no results:\n${stdout}${stderr}`)
  const { testResults } = JSON.parse(fs.readFileSync(json, 'utf8')) as JsonReport
  return testResults.map(({ name, assertionResults }) => ({
    name,
    tests: assertionResults.map(({ fullName, status, failureMessages }) => ({
      fullName,
      status,
      failureMessages,
    })),
  }))
}

/** All but how the provider got there: whether it merged the files of several runs or had one. */
function coverageOf(file: string): unknown {
  const byFile = JSON.parse(fs.readFileSync(file, 'utf8')) as Record<string, object>
  const rest = Object.entries(byFile).map(([name, { ...coverage }]) => {
    delete (coverage as { meta?: unknown }).meta
    return [name, coverage]
  })
  return Object.fromEntries(rest)
}

function withoutTimes(text: string): string {
  return text
    .replaceAll(/^ *(?:Start at|Duration).*$/gm, '')
    .replaceAll(/ *\d+(?:\.\d+)?m?s\b/g, '')
}
