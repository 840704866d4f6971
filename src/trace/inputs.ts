import type { Input, InputCheck } from '../engine/index.ts'
import type { Hasher } from '../key/index.ts'
import { createAbove } from './above.ts'
import type { Digests } from './digests.ts'
import { createFiles, type Files } from './files.ts'
import type { Look } from './observation.ts'
import { isCode, manifestStamp, packageDirOf, packageVersion } from './packageOf.ts'

/** Turns what a hook looked at into inputs, and tells later whether they still hold. */
export interface Inputs {
  /** What a look at a path sees now, freshly. Code of installed packages is named by their package, and so is what is there; other files of theirs by their content. */
  take(look: Look, target: string): Input
  /** A file's content, also in an installed package. */
  content(file: string): Input
  /** What a package.json says besides scripts and dependencies; for one of an installed package, its version. */
  manifest(file: string): Input
  /** An environment variable as it is now; `*` is all of them. */
  env(name: string): Input
  /** The value of an input as it is now, looked at anew; undefined for kinds of others. */
  now(input: Pick<Input, 'kind' | 'name'>): string | undefined
  /** The workspace root: for an outcome that only this checkout may use. */
  readonly root: Input
  /** The project that is built: for an outcome that only its builds may use. */
  readonly project: Input
  /** The files whose content an input stands for; none for other kinds. */
  filesOf(input: Pick<Input, 'kind' | 'name'>): readonly string[]
  /** A check for one build: every distinct input is looked at once, then remembered. */
  openCheck(): InputCheck
  /** Time that checks took to look at inputs, in milliseconds. */
  readonly checkedMs: number
}

export interface InputsOptions {
  readonly hasher: Hasher
  readonly digests: Digests
  /** Absolute path ↔ the form in which inputs are stored (relative to the workspace root). */
  readonly toPortable: (path: string) => string
  readonly fromPortable: (path: string) => string
  /** Names the project that is built, in a form that is the same in every checkout. */
  readonly project?: string
  /** True when packages may be installed while this is in use: hours, in a dev server. */
  readonly installsMayChange?: boolean
}

/** How paths of the workspace begin in stored inputs. */
const inRoot = '<root>/'

const fileKinds = new Set(['file', 'exists', 'folder', 'realpath', 'manifest'])

export function createInputs(options: InputsOptions): Inputs {
  const { hasher, digests, toPortable, fromPortable, installsMayChange = false } = options
  const root: Input = { kind: 'root', name: '', value: fromPortable(inRoot) }
  const project: Input = { kind: 'project', name: '', value: options.project ?? '' }
  const files: Files = createFiles(hasher, toPortable, digests)
  const above = createAbove(root.value)

  let checkedMs = 0
  // nobody changes an installed package while a build runs
  const versions = new Map<string, { readonly version: string; readonly stamp: string }>()

  function versionOf(dir: string): string {
    const known = versions.get(dir)
    const stamp = installsMayChange ? manifestStamp(dir) : ''
    if (known?.stamp === stamp) return known.version
    const version = packageVersion(dir)
    versions.set(dir, { version, stamp })
    return version
  }

  function take(look: Look | 'manifest', target: string): Input {
    const value = files.see(look, target)
    const portable = toPortable(target)
    const isAbove = look !== 'folder' && !portable.startsWith(inRoot)
    const name = isAbove ? above.nameOf(target) : undefined
    // the folders themselves are in every checkout, whatever their names
    if (name === '' && (look !== 'realpath' || value === portable)) {
      return { kind: 'above', name, value: 'folder' }
    }
    // an installed package that is there counts by its own path and version
    if (name && (value === 'absent' || !name.startsWith('node_modules'))) {
      return { kind: `above-${look}`, name, value: seeAbove(look, name) }
    }
    // an absent file may appear without its package changing; a listing may be of a package's parent
    const isContent = look === 'file' && value !== 'folder' && !isCode(target)
    if (value !== 'absent' && look !== 'realpath' && !isContent) {
      const dir = packageDirOf(target)
      const version = dir === undefined ? 'linked' : versionOf(dir)
      if (version !== 'linked' && version !== 'absent') {
        return { kind: 'package', name: toPortable(dir!), value: version }
      }
    }
    return { kind: look, name: portable, value }
  }

  /** What a look for a name in all folders above finds, from the nearest on. */
  function seeAbove(look: Look | 'manifest', name: string): string {
    const found = above.candidates(name).map((target) => files.see(look, target))
    const there = found.filter((value) => value !== 'absent')
    return there.length === 0 ? 'absent' : hasher.digestOf(there)
  }

  function content(file: string): Input {
    return { kind: 'file', name: toPortable(file), value: files.see('file', file) }
  }

  function env(name: string): Input {
    if (name === '*') return { kind: 'env', name, value: hasher.digestOf(portableEnv(toPortable)) }
    const value = process.env[name]
    if (value === undefined) return { kind: 'env', name, value: 'unset' }
    // a digest, for the value may be a secret
    return { kind: 'env', name, value: hasher.digestText(portableValue(value, toPortable)) }
  }

  function now({ kind, name }: Pick<Input, 'kind' | 'name'>): string | undefined {
    if (fileKinds.has(kind)) return files.see(kind as Look | 'manifest', fromPortable(name))
    if (kind === 'package') return versionOf(fromPortable(name))
    if (kind === 'env') return env(name).value
    if (kind === 'root') return root.value
    if (kind === 'project') return project.value
    if (kind === 'above') return 'folder'
    if (kind.startsWith('above-')) return seeAbove(kind.slice('above-'.length) as Look, name)
    return undefined
  }

  function openCheck(): InputCheck {
    // by kind, then name: joining the two for each look would cost as much as the look
    const seen = new Map<string, Map<string, string | undefined>>()
    return {
      sets: new Map(),
      holds(input) {
        let names = seen.get(input.kind)
        if (!names) seen.set(input.kind, (names = new Map()))
        let value = names.get(input.name)
        if (value === undefined && !names.has(input.name)) {
          const began = performance.now()
          names.set(input.name, (value = now(input)))
          checkedMs += performance.now() - began
        }
        return value === input.value
      },
    }
  }

  function filesOf({ kind, name }: Pick<Input, 'kind' | 'name'>): readonly string[] {
    // what is installed names no checkout
    if (kind === 'file') return [fromPortable(name)].filter((file) => !packageDirOf(file))
    return kind === 'above-file' ? above.candidates(name) : []
  }

  return {
    take,
    content,
    manifest: (file) => take('manifest', file),
    env,
    now,
    root,
    project,
    filesOf,
    openCheck,
    get checkedMs() {
      return checkedMs
    },
  }
}

/** The whole environment in a form that is the same in every checkout: `PWD` and `PATH` name it. */
export function portableEnv(toPortable: (path: string) => string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).map(([name, value]) => [
      name,
      portableValue(value ?? '', toPortable),
    ]),
  )
}

/** A path at the end has no slash after it. */
function portableValue(value: string, toPortable: (path: string) => string): string {
  return toPortable(`${value}/`)
}
