import { EventEmitter } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { onTestFinished, vi } from 'vitest'
import type { Options } from '../../src/vite.ts'
import { lastStats, type Stats } from '../../src/report/index.ts'

export type Host = 'vite-8' | 'vite-7' | 'vite-6' | 'rollup' | 'rolldown'
/** Those that most tests run on; `vite-6` builds as `vite-7` does, and has the tests of whole builds. */
export const hosts: readonly Host[] = ['vite-8', 'vite-7', 'rollup', 'rolldown']

export interface Log {
  readonly level: string
  readonly message: string
  readonly plugin: string | undefined
}

export interface Built {
  /** File name → content, maps and assets among them. */
  readonly files: Readonly<Record<string, string>>
  readonly logs: readonly Log[]
}

export interface BuildRequest {
  readonly host: Host
  readonly root: string
  /** Made anew for each build, as a new process would. */
  readonly plugins: () => unknown[]
  readonly outputPlugins?: (() => unknown[]) | undefined
  /** `false` builds without us. */
  readonly remember?: Options | false
  readonly sourcemap?: boolean
  readonly formats?: readonly ('es' | 'cjs')[]
}

/** A folder with files, removed after the test. */
export function project(files: Readonly<Record<string, string>>): string {
  const root = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'remember-'))
  onTestFinished(() => fs.rmSync(root, { recursive: true, force: true }))
  for (const [name, content] of Object.entries({ 'package.json': '{}', ...files }))
    write(root, name, content)
  return root
}

export function write(root: string, name: string, content: string): void {
  const file = path.join(root, name)
  fs.mkdirSync(path.dirname(file), { recursive: true })
  fs.writeFileSync(file, content)
}

export function storeOf(root: string): string {
  return path.join(root, 'store')
}

export async function statsOf(root: string): Promise<Stats> {
  return (await lastStats(storeOf(root)))!
}

/**
 * Counts calls inside plugins. An emitter, for fingerprints leave those out: an
 * array that fills while a plugin runs would be an option that changed.
 */
export interface Calls extends EventEmitter {
  /** What was noted since the last `take`. */
  take(): string[]
}

export function createCalls(): Calls {
  const noted: string[] = []
  const calls = new EventEmitter() as Calls
  calls.on('call', (text: string) => noted.push(text))
  calls.take = () => noted.splice(0)
  return calls
}

/** Builds `main.js` of a folder in one host, as a process of its own would, and answers what it wrote. */
export async function build(request: BuildRequest): Promise<Built> {
  const out = path.join(request.root, 'out')
  fs.rmSync(out, { recursive: true, force: true })
  vi.resetModules()
  const logs: Log[] = []
  const onLog = (level: string, log: { message: string; plugin?: string | undefined }): void => {
    logs.push({ level, message: log.message, plugin: log.plugin })
  }
  const cwd = path.resolve(import.meta.dirname, '../..')
  // Rollup and Rolldown build where they are started
  process.chdir(request.root)
  try {
    if (request.host === 'rollup' || request.host === 'rolldown') await bundle(request, out, onLog)
    else await viteBuild(request, out, onLog)
  } finally {
    process.chdir(cwd)
  }
  return { files: readAll(out), logs }
}

type OnLog = (level: string, log: { message: string; plugin?: string | undefined }) => void

async function bundle(request: BuildRequest, out: string, onLog: OnLog): Promise<void> {
  const { rollup } =
    request.host === 'rollup'
      ? await import('rollup')
      : { rollup: (await import('rolldown')).rolldown as unknown as typeof import('rollup').rollup }
  const { default: remember } =
    request.host === 'rollup'
      ? await import('../../src/rollup.ts')
      : await import('../../src/rolldown.ts')
  const result = await rollup({
    input: path.join(request.root, 'main.js'),
    plugins: [own(request, remember), request.plugins()] as never,
    onLog,
  })
  try {
    for (const format of request.formats ?? ['es']) {
      await result.write({
        dir: path.join(out, format),
        format,
        sourcemap: request.sourcemap ?? false,
        plugins: request.outputPlugins?.() as never,
      })
    }
  } finally {
    await result.close()
  }
}

async function viteBuild(request: BuildRequest, out: string, onLog: OnLog): Promise<void> {
  const vite = (await import(
    request.host === 'vite-8'
      ? 'vite'
      : new URL(`../hosts/${request.host}/node_modules/vite/dist/node/index.js`, import.meta.url)
          .href
  )) as typeof import('vite')
  const { default: remember } = await import('../../src/vite.ts')
  await vite.build({
    root: request.root,
    configFile: false,
    logLevel: 'silent',
    plugins: [own(request, remember), request.plugins()] as never,
    build: {
      outDir: out,
      emptyOutDir: true,
      minify: false,
      modulePreload: false,
      sourcemap: request.sourcemap ?? false,
      rollupOptions: {
        input: path.join(request.root, 'main.js'),
        onLog: onLog as never,
        output: (request.formats ?? ['es']).map((format) => ({
          format,
          dir: path.join(out, format),
          entryFileNames: '[name].js',
          plugins: request.outputPlugins?.() as never,
        })),
      },
    },
  })
}

function own(request: BuildRequest, remember: (options: Options) => unknown): unknown {
  if (request.remember === false) return undefined
  return remember({ dir: storeOf(request.root), ...request.remember })
}

function readAll(dir: string): Record<string, string> {
  const files: Record<string, string> = {}
  for (const entry of fs.readdirSync(dir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = path.join(entry.parentPath, entry.name)
    files[path.relative(dir, file)] = fs.readFileSync(file, 'latin1')
  }
  return files
}
