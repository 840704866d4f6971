import path from 'node:path'
import {
  CONFIG,
  hideSecrets,
  localImports,
  omitParts,
  packagesNamedBy,
  rollupConfigView,
  textsIn,
  viteConfigView,
  walkPlugin,
  wordsIn,
  type Fingerprint,
  type Inspector,
  type Packages,
  type WalkOptions,
} from '../fingerprint/index.ts'
import type { Digest, Hasher } from '../key/index.ts'
import { portableEnv } from '../trace/index.ts'
import { homeOf, isCodeOf } from './home.ts'
import { hookHandler, type HostName, type ViteConfig, type ViteEnvironment } from './host.ts'
import { hasLabel, type CachePolicy, type Instance, type Witness } from '../policies/index.ts'
import type { Place } from './place.ts'
import { changedConfig } from './processConfigs.ts'
import { rememberedOptions } from './remembered.ts'
import { rootShower } from './relocation/index.ts'
import type { Subject } from './subject.ts'
import { read, readConfigs } from './toolConfigs.ts'
import { unwrapped } from './wrap.ts'

/** What a build knows of its host before the first module. */
export interface HostFacts {
  readonly host: HostName
  /** `this.meta` of the host: its versions. */
  readonly meta: Readonly<Record<string, unknown>>
  readonly config: ViteConfig | undefined
  readonly environment: ViteEnvironment | undefined
  /** The dev server, which plugins keep. */
  readonly server: object | undefined
  /** Rollup's or Rolldown's input options. */
  readonly inputOptions: object
  readonly place: Place
  readonly hasher: Hasher
  /** Paths of named parts to leave out, by plugin name; `*` is all of them. */
  readonly ignore: Readonly<Record<string, readonly string[]>>
  /** `NODE_ENV` when the plugin was made. */
  readonly nodeEnvAtLoad: string | undefined
  /** Digest of what the `inputs` option names. */
  readonly inputs: string
  /** Undefined where Node has none: nothing can be read then. */
  readonly inspector: Inspector | undefined
  readonly packages: Packages
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
  /** What the policy sees of the instance's live variables. */
  readonly witness?: Witness | undefined
  /** For an instance that does not go by the project that is built: what tells of its calls whether they do. */
  readonly free?: Instance | undefined
  /** True for ids that a RegExp among the options tells apart by where the checkout is. */
  readonly showsRoot: (id: string) => boolean
}

/** Reads what all plugins of a build share once, then each plugin in a few milliseconds. */
export function createIdentities(facts: HostFacts): (subject: Subject) => Identity {
  const identify = createReader(facts)
  return (subject) => {
    const read = identify(subject)
    const { name, policy } = subject
    const ignored = [
      facts.ignore[name],
      facts.ignore['*'],
      policy.collects,
      read.witness?.leftOut,
      read.free && policy.projects?.parts,
    ].flatMap((paths) => paths ?? [])
    const parts = hideSecrets(omitParts(read.parts, ignored), facts.hasher.digestOf)
    return { ...read, parts }
  }
}

function createReader(facts: HostFacts): (subject: Subject) => Identity {
  const { place, hasher, packages } = facts
  const walk = {
    digest: (value) => hasher.digestOf(value),
    root: place.workspaceRoot,
    inspector: facts.inspector,
    opaque: opaqueObjects(facts),
    original: unwrapped,
  } satisfies WalkOptions
  const config = configView(facts, walk)
  const shared = {
    format: 1,
    host: { name: facts.host, ...versions(facts.meta) },
    node: process.version,
    cwd: place.toPortable(`${process.cwd()}/`),
    nodeEnv: process.env['NODE_ENV'],
    // a `.env` file changes it when Vue's compiler has been loaded for what it was before
    nodeEnvAtLoad: facts.nodeEnvAtLoad,
    watch: facts.meta['watchMode'],
    inputs: facts.inputs,
    config: config.parts,
    configPackages: closuresOf(packages, config.libraryFiles),
  }

  return (subject) => {
    const name = subject.name
    const version = rememberedOptions(subject.original)?.version
    const { policy } = subject
    const home = homeOf(subject, facts)
    // what nobody knows to be the same elsewhere
    const atRoot = { '@root': place.workspaceRoot }
    const isKnownElsewhere = policy.paths !== undefined && place.isOrdinary
    if (version !== undefined) {
      return {
        parts: {
          ...(!isKnownElsewhere && atRoot),
          '@build': seenBy(policy, shared),
          '@tool': { name, version },
        },
        unreadable: undefined,
        showsRoot: () => false,
      }
    }
    const witness = witnessOf(subject, facts)
    if (typeof witness === 'string') {
      return { parts: {}, unreadable: witness, showsRoot: () => false }
    }
    const own = policy.packages.map(
      (each) => (packages.find(each, place.root) ?? packages.find(each, home ?? place.root))?.dir,
    )
    const walked =
      policy.seesOnlyConfig && home !== undefined && isCodeOf(home, subject, facts)
        ? { parts: {}, unreadable: undefined, libraryFiles: [], hasLocalCode: false }
        : // a stranger, or one that only bears the name of a known plugin, is read with its own files
          walkPlugin(subject.original, {
            ...walk,
            opaque: new Map([...walk.opaque, ...(witness?.opaque ?? [])]),
            knownLibraryPlugin: home !== undefined,
          })
    const bound =
      !(isKnownElsewhere && !tellsPaths(policy, policy.seesOnlyConfig ? config : walked)) && atRoot
    const configs = readConfigs(policy.configFiles?.(place) ?? [])
    const texts = [...textsIn(walked.parts)].map(place.fromPortable)
    const words = configs.flatMap(({ content }) => [...wordsIn(content)])
    const named = packagesNamedBy([...texts, ...words], packages, place.root, policy.nameForms)
    const imported = configs.flatMap(({ file, packages: names }) =>
      names.map((each) => packages.find(each, path.dirname(file))?.dir),
    )
    const changed = changedConfig(name, place.root, configs)
    const instance = {
      parts: walked.parts,
      config: config.parts,
      root: projectRoot(place),
      configs,
    }
    const free = !bound && isFreeOfProject(policy, instance, facts) ? instance : undefined
    return {
      unreadable:
        walked.unreadable ??
        config.unreadable ??
        (changed && `${place.toPortable(changed)} changed, and this process may go by what it was`),
      witness,
      free,
      showsRoot: bound ? () => false : showerOf(policy, walked.parts, place),
      parts: {
        ...walked.parts,
        // no variable has such a name: ours and the plugin's own labels can't meet
        ...bound,
        '@build': seenBy(policy, shared, free),
        ...(texts.includes(environmentLabel) && {
          '@env': hasher.digestOf(portableEnv(place.toPortable)),
        }),
        '@tool': {
          name,
          packages: closuresOf(packages, [
            home,
            ...own,
            ...walked.libraryFiles,
            ...named,
            ...imported,
          ]),
          files: Object.fromEntries(
            configs.map(({ file, content }) => [
              place.toPortable(file),
              hasher.digestText(place.toPortable(content)),
            ]),
          ),
        },
      },
    }
  }
}

/** True when functions of the user's own among the options are told where a file is: they may make anything of it. */
function tellsPaths(
  { tellsPaths: labels = [] }: CachePolicy,
  { parts, hasLocalCode }: Pick<Fingerprint, 'parts' | 'hasLocalCode'>,
): boolean {
  return hasLocalCode && labels.some((label) => hasLabel(parts, label))
}

function showerOf(
  { hashesPathsOutside }: CachePolicy,
  parts: unknown,
  { workspaceRoot }: Place,
): Identity['showsRoot'] {
  const shows = rootShower(parts, workspaceRoot)
  if (!hashesPathsOutside) return shows
  const cwd = `${process.cwd()}${path.sep}`
  const isOutside = (id: string): boolean =>
    path.isAbsolute(id) && !path.normalize(id).startsWith(cwd)
  return (id) => isOutside(id) || shows(id)
}

/** What a plugin sees of what all share. */
function seenBy(
  { blindTo = [], projects }: CachePolicy,
  { cwd, ...shared }: { readonly cwd: string; readonly config: object },
  free?: Instance,
): object {
  const unseen = free ? [...blindTo, 'root', 'publicDir', ...(projects?.blindTo ?? [])] : blindTo
  const sections = Object.entries(shared.config).filter(([name]) => !unseen.includes(name))
  return { ...shared, ...(!free && { cwd }), config: Object.fromEntries(sections) }
}

/**
 * True for an instance whose results are the same whichever project of the workspace is built.
 * In a dev server URLs go by the root; a root that is not the working directory would be two
 * places to start from.
 */
function isFreeOfProject(
  { projects }: CachePolicy,
  instance: Instance,
  { config, place }: HostFacts,
): boolean {
  if (!projects || config?.command === 'serve' || path.resolve(place.root) !== process.cwd()) {
    return false
  }
  return projects.isFree(instance)
}

/** As named parts have it. */
function projectRoot({ root, toPortable }: Place): string {
  return toPortable(root).replace(/\/$/, '')
}

/** Undefined where the policy needs none. */
function witnessOf(
  { policy, original }: Subject,
  { inspector }: HostFacts,
): Witness | string | undefined {
  if (!policy.witness) return undefined
  const see = (fn: unknown): Readonly<Record<string, unknown>> => {
    if (typeof fn !== 'function') return {}
    const scopes = inspector?.look([unwrapped(fn)])[0]?.scopes ?? []
    return Object.assign(
      {},
      ...scopes.toReversed().map(({ variables }) => variables),
    ) as object as Record<string, unknown>
  }
  const hook = policy.hooks.map((each) => hookHandler(original[each])).find(Boolean)
  return policy.witness({ see, hook, vouched: policy.vouched ?? false })
}

/** Digest of the config files and of what they import from around them: while it stays, so do their packages' files. */
export function configContent(configFiles: readonly string[], hasher: Hasher): Digest {
  const files = new Set(configFiles.flatMap((file) => localImports(file).files))
  return hasher.digestOf([...files].map((file) => [file, hasher.digestText(read(file) ?? '')]))
}

function configView(facts: HostFacts, walk: WalkOptions): Fingerprint {
  const { config, environment } = facts
  if (!config) return rollupConfigView(facts.inputOptions, walk)
  return viteConfigView(config, environment ? { ...walk, environment: environment.name } : walk)
}

/** Stands where a plugin captured `process.env` itself: reads through that one are not seen. */
const environmentLabel = '<process.env>'

/** The host's own big objects: their view stands for them. */
function opaqueObjects({
  config,
  environment,
  inputOptions,
  server,
}: HostFacts): Map<object, string> {
  const opaque = new Map<object, string>([
    [inputOptions, '<input options>'],
    [process.env, environmentLabel],
  ])
  if (server) opaque.set(server, '<server>')
  if (config) opaque.set(config, CONFIG)
  if (environment) opaque.set(environment, '<environment>').set(environment.config, CONFIG)
  return opaque
}

function versions(meta: HostFacts['meta']): Record<string, unknown> {
  const { rollupVersion, rolldownVersion, viteVersion } = meta
  return { rollupVersion, rolldownVersion, viteVersion }
}

/** Sorted `name@version` of the packages that own files or folders, and of all below them. */
function closuresOf(packages: Packages, files: readonly (string | undefined)[]): string[] {
  const found = new Set<string>()
  for (const file of new Set(files)) {
    for (const one of file === undefined ? [] : packages.closure(file)) found.add(one)
  }
  return [...found].sort()
}
