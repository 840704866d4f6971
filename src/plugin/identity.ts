import fs from 'node:fs'
import path from 'node:path'
import {
  createPackages,
  localImports,
  openInspector,
  packagesNamedBy,
  rollupConfigView,
  textsIn,
  viteConfigView,
  walkPlugin,
  wordsIn,
  type Fingerprint,
  type Packages,
  type WalkOptions,
} from '../fingerprint/index.ts'
import type { Hasher } from '../key/index.ts'
import type { HostName, ViteConfig, ViteEnvironment } from './host.ts'
import type { Place } from './place.ts'
import { rememberedOptions } from './remembered.ts'
import type { Subject } from './subject.ts'
import { unwrapped } from './wrap.ts'

/** What a build knows of its host before the first module. */
export interface HostFacts {
  readonly host: HostName
  /** `this.meta` of the host: its versions. */
  readonly meta: Readonly<Record<string, unknown>>
  readonly config: ViteConfig | undefined
  readonly environment: ViteEnvironment | undefined
  /** Rollup's or Rolldown's input options. */
  readonly inputOptions: object
  /** Files that configure this build, as far as the host tells. */
  readonly configFiles: readonly string[]
  readonly place: Place
  readonly hasher: Hasher
  /** Digest of what the `inputs` option names. */
  readonly inputs: string
}

/** Named parts that stand for one plugin instance in one build. */
export interface Identity {
  readonly parts: Readonly<Record<string, unknown>>
  /**
   * Why the plugin's options could not be read: nothing of it is remembered then.
   * The config file's text can't stand for them, for an option may come from an
   * environment variable or a clock.
   */
  readonly unreadable: string | undefined
}

/** Reads what all plugins of a build share once, then each plugin in about a millisecond. */
export function createIdentities(facts: HostFacts): (subject: Subject) => Identity {
  const { place, hasher } = facts
  const digest = (value: unknown): string => hasher.digestOf(value)
  const inspector = openInspector()
  const walk: WalkOptions = {
    digest,
    root: place.workspaceRoot,
    inspector,
    opaque: opaqueObjects(facts),
    original: (fn) => unwrapped(fn),
  }
  const packages = createPackages({ root: place.workspaceRoot, digest })
  const config = configView(facts, walk)
  const local = facts.configFiles.map((file) => localImports(file))
  const shared = {
    format: 1,
    host: { name: facts.host, ...versions(facts.meta) },
    node: process.version,
    root: place.workspaceRoot,
    nodeEnv: process.env['NODE_ENV'],
    inputs: facts.inputs,
    config: config.parts,
    tools: closures(
      packages,
      place,
      // our own version is named by `format`; linked into a workspace it would be all of its sources
      local.flatMap((file) => file.packages).filter((name) => name !== 'vite-plugin-remember'),
      facts.configFiles.map((file) => path.dirname(file)),
    ),
  }
  return (subject) => {
    const marked = rememberedOptions(subject.original)
    if (marked?.version !== undefined) {
      return { parts: { ...shared, plugin: { name: subject.name, version: marked.version } }, unreadable: undefined }
    }
    const walked = walkPlugin(subject.original, {
      ...walk,
      knownLibraryPlugin: subject.policy.packages.length > 0,
    })
    const { policy } = subject
    const looked = readConfigs(policy.configFiles?.(place) ?? [])
    const named = packagesNamedBy(
      [...textsIn(walked.parts), ...looked.flatMap(({ content }) => [...wordsIn(content)])],
      packages,
      place.root,
      policy.nameForms,
    )
    return {
      unreadable: walked.unreadable ?? config.unreadable,
      parts: {
        ...shared,
        plugin: {
          name: subject.name,
          packages: [
            ...closures(packages, place, policy.packages, []),
            ...named.flatMap((dir) => packages.closure(dir)),
          ],
          files: Object.fromEntries(
            looked.map(({ file, content }) => [place.toPortable(file), hasher.digestText(content)]),
          ),
          fileTools: looked.map(({ file }) =>
            closures(packages, place, localImports(file).packages, [path.dirname(file)]),
          ),
        },
        ...walked.parts,
      },
    }
  }
}

function configView(facts: HostFacts, walk: WalkOptions): Fingerprint {
  const { config, environment } = facts
  if (!config) return rollupConfigView(facts.inputOptions, walk)
  return viteConfigView(config, environment ? { ...walk, environment: environment.name } : walk)
}

/** The host's own big objects: their view stands for them. */
function opaqueObjects({ config, environment, inputOptions }: HostFacts): Map<object, string> {
  const opaque = new Map<object, string>([[inputOptions, '<input options>']])
  if (config) opaque.set(config, '<config>')
  if (environment) opaque.set(environment, '<environment>').set(environment.config, '<config>')
  return opaque
}

function versions(meta: HostFacts['meta']): Record<string, unknown> {
  const { rollupVersion, rolldownVersion, viteVersion } = meta
  return { rollupVersion, rolldownVersion, viteVersion }
}

/** Sorted `name@version` of packages and all below them, looked for from each folder. */
function closures(
  packages: Packages,
  place: Place,
  names: readonly string[],
  from: readonly string[],
): string[] {
  const found = new Set<string>()
  for (const name of new Set(names)) {
    for (const dir of new Set([...from, place.root])) {
      const at = packages.find(name, dir)
      for (const one of at ? packages.closure(at.dir) : []) found.add(one)
    }
  }
  return [...found].sort()
}

/** The config files that are there, with the local files they import. */
function readConfigs(candidates: readonly string[]): { file: string; content: string }[] {
  const present = candidates.filter((file) => fs.existsSync(file))
  const files = new Set(present.flatMap((file) => [file, ...localImports(file).files]))
  return [...files].flatMap((file) => {
    const content = read(file)
    return content === undefined ? [] : { file, content }
  })
}

function read(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'latin1')
  } catch {
    return undefined
  }
}
