import fs from 'node:fs'
import path from 'node:path'
import {
  createPackages,
  localImports,
  openInspector,
  rollupConfigView,
  viteConfigView,
  walkPlugin,
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
  /** Why the plugin's options could not be read; its config file's content stands for them. */
  readonly unreadable: string | undefined
  /** True when not even that could be read: nothing of this plugin is remembered. */
  readonly failed: boolean
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
    original: unwrapped,
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
      local.flatMap((file) => file.packages),
      facts.configFiles.map((file) => path.dirname(file)),
    ),
  }
  const configContent = contents(local.flatMap((file) => file.files), place, hasher)

  return (subject) => {
    const marked = rememberedOptions(subject.original)
    if (marked?.version !== undefined) {
      return { parts: { ...shared, plugin: { name: subject.name, version: marked.version } }, unreadable: undefined, failed: false }
    }
    const walked = walkPlugin(subject.original, {
      ...walk,
      knownLibraryPlugin: subject.policy.packages.length > 0,
    })
    const unreadable = walked.unreadable ?? config.unreadable
    const looked = subject.policy.configFiles?.(place) ?? []
    return {
      unreadable,
      failed: false,
      parts: {
        ...shared,
        plugin: {
          name: subject.name,
          packages: closures(packages, place, subject.policy.packages, [place.root]),
          files: contents(looked, place, hasher),
          fileTools: looked
            .filter((file) => fs.existsSync(file))
            .map((file) => closures(packages, place, localImports(file).packages, [path.dirname(file)])),
        },
        ...walked.parts,
        // what can't be read is stood for by all that could have made it, and by which of its namesakes it is
        ...(unreadable === undefined ? {} : { unreadable: { configContent, position: subject.position } }),
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

function contents(files: readonly string[], place: Place, hasher: Hasher): Record<string, string> {
  const digests: Record<string, string> = {}
  for (const file of files) {
    try {
      digests[place.toPortable(file)] = hasher.digestBytes(fs.readFileSync(file))
    } catch {
      digests[place.toPortable(file)] = 'absent'
    }
  }
  return digests
}
