import { readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { serialize } from 'node:v8'
import {
  type Fingerprint,
  openInspector,
  viteConfigView,
  walkPlugin,
} from '../../src/fingerprint/index.ts'
import { digest } from './digest.ts'

/** What a child process is to walk. */
export interface Task {
  readonly root: string
  /** Absolute path of Vite's entry; with it, the plugins are walked as Vite resolved them. */
  readonly vite?: string
  readonly cases: readonly Case[]
}

export interface Case {
  readonly name: string
  /** A module whose default export makes a plugin, or several. */
  readonly file: string
  readonly known: boolean
}

interface Vite {
  resolveConfig(
    config: object,
    command: string,
  ): Promise<{ plugins: { name: string }[]; environments: Record<string, object> }>
}

const [taskFile = '', answerFile = ''] = process.argv.slice(2)
const task = JSON.parse(readFileSync(taskFile, 'utf8')) as Task
const inspector = openInspector()
const answers: Record<string, Fingerprint> = {}
for (const { name, file, known } of task.cases) {
  const { default: make } = (await import(pathToFileURL(file).href)) as { default: () => unknown }
  const options = { digest, root: task.root, inspector }
  const plugins = [await make()].flat(Infinity) as { name: string }[]
  if (task.vite) {
    const vite = (await import(pathToFileURL(task.vite).href)) as Vite
    const config = await vite.resolveConfig(
      { root: task.root, configFile: false, logLevel: 'silent', plugins },
      'build',
    )
    const opaque = new Map<object, string>([[config, 'config']])
    answers[`${name} config`] = viteConfigView(config, {
      ...options,
      opaque,
      environment: 'client',
    })
    for (const plugin of config.plugins) {
      answers[`${name} ${plugin.name}`] = walkPlugin(plugin, {
        ...options,
        opaque,
        knownLibraryPlugin: known || /^(?:vite|native|builtin|alias)/.test(plugin.name),
      })
    }
  } else {
    for (const plugin of plugins) {
      answers[`${name} ${plugin.name}`] = walkPlugin(plugin, {
        ...options,
        knownLibraryPlugin: known,
      })
    }
  }
}
writeFileSync(answerFile, serialize(answers))
inspector?.close()
