import path from 'node:path'
import type { Input } from '../engine/index.ts'
import type { Build } from './build.ts'
import type { Original } from './compute.ts'
import type { Effect } from './effects.ts'
import { codeOf, NotStorable, type Outcome } from './outcome.ts'
import { fileBehind } from './place.ts'
import type { HookCall } from './request.ts'
import type { StyleMemory } from './styleMemory.ts'
import type { Subject } from './subject.ts'

// A style sheet's result may speak of assets and leave behind the classes of a CSS
// module. What it says of them holds for one build only, and whether a file is an
// asset or is inlined was decided by who asked first. So an outcome keeps which
// files it asked for, and a replay has Vite's own function answer again.

const anyPlaceholder = /__VITE_(?:PUBLIC_)?ASSET__/
const publicPlaceholder = /__VITE_PUBLIC_ASSET__([a-z\d]{8})__/g
/** Vite 8 adds a random id where the URL has a query, Vite 7 and 6 the query itself (`assetUrlRE` in each). */
const assetPlaceholder =
  /__VITE_ASSET__(?:([\w$]{22})(?:_([a-f\d]{24}))?__|([\w$]+?)__(?:\$_(.*?)__)?)/g

export interface DetachedStyles {
  readonly outcome: Outcome
  /** The assets: who asks second is not seen reading them. */
  readonly inputs: readonly Input[]
  /** True when the classes may tell where the checkout is. */
  readonly bound: boolean
}

/** Puts what a replay has to ask Vite again in the place of what it answered. */
export function detachStyles(
  build: Build,
  subject: Subject,
  call: HookCall,
  outcome: Outcome,
  watched: readonly string[],
): DetachedStyles | NotStorable {
  const isModule = /\.module\.\w+(?:$|\?)/.test(call.id)
  const emitted = outcome.effects.filter((effect) => effect[0] === 'emitFile')
  const written = codeOf(outcome.result) ?? ''
  const speaks = anyPlaceholder.test(written) || written.includes('data:') || emitted.length > 0
  if (!isModule && !speaks) return { outcome, inputs: [], bound: false }
  const memory = build.styleMemoryOf(subject)
  if (!memory) return new NotStorable('assets or classes in a memory that was not found')

  const { place, hasher, inputs } = build
  const assets = assetsOf(memory)
  const used = new Set<Asset>()
  const effects: Effect[] = outcome.effects.filter((effect) => effect[0] !== 'emitFile')
  let code = written
  for (const spoken of spokenOf(written, memory)) {
    const owners = ownersOf(spoken, assets, emitted, memory)
    // it depends on the order of calls, and stands in the map of a script that imports the asset:
    // in its own time this call asks as early or late as in a plain build
    if (memory.hasMaps) return new NotStorable('an asset whose reference stands in source maps')
    const standIn = `__remember_asset_${effects.length}_`.padEnd(spoken.text.length, '_')
    if (owners.length === 0) return new NotStorable('refers to an asset of another call')
    if (standIn.length !== spoken.text.length || written.includes(standIn)) {
      return new NotStorable('assets that have no stand-in')
    }
    code = code.replaceAll(spoken.text, standIn)
    for (const asset of owners) {
      used.add(asset)
      effects.push(['asset', place.toPortable(asset.id), standIn])
    }
  }
  for (const asset of assets.filter((each) => isInlined(each, written, watched))) {
    used.add(asset)
    effects.push(['inlined', place.toPortable(asset.id), hasher.digestText(asset.url)])
  }
  for (const [text, hash] of written.matchAll(publicPlaceholder)) {
    const url = memory.publicUrl(hash!)
    if (url === undefined) return new NotStorable('refers to an asset of another call')
    effects.push(['public', url, text])
  }
  if (anyPlaceholder.test(code.replaceAll(publicPlaceholder, ''))) {
    return new NotStorable('refers to an asset of another call')
  }
  const files = [...used].map(({ id }) => fileBehind(id)!)
  if (emitted.some((effect) => !files.includes(fileOf(effect[1], memory) ?? ''))) {
    return new NotStorable('emitted an asset that is not in its code')
  }
  const { map } = (outcome.result ?? {}) as { map?: { mappings?: unknown } | string }
  if (code !== written && map && (typeof map === 'string' || map.mappings)) {
    return new NotStorable('assets beside a source map')
  }

  const classes = isModule ? memory.classes(call.id) : undefined
  if (classes !== undefined) {
    if (!memory.isPlain) return new NotStorable('classes that others are told of')
    effects.push(['classes', { ...(classes as object) }])
  }
  return {
    outcome: { ...outcome, result: withCode(outcome.result, code), effects },
    inputs: files.map((file) => inputs.take('file', file)),
    bound: classes !== undefined && memory.namesByPlace,
  }
}

/** An asset of this build: emitted, or inlined when it has no reference. */
interface Asset {
  readonly id: string
  readonly url: string
  readonly reference: string | undefined
  readonly postfix: string
}

function assetsOf(memory: StyleMemory): Asset[] {
  // Vite has them in the order in which calls asked
  const inOrder = [...memory.assets()].toSorted(([one], [two]) => (one < two ? -1 : 1))
  return inOrder.map(([id, kept]) => {
    if (typeof kept === 'string') {
      const [match] = kept.matchAll(assetPlaceholder)
      return { id, url: kept, reference: match?.[1] ?? match?.[3], postfix: match?.[4] ?? '' }
    }
    // Vite 8
    const { value, referenceId, postfix } = kept as Partial<Record<string, string>>
    return { id, url: value ?? '', reference: referenceId, postfix: postfix ?? '' }
  })
}

interface Spoken {
  readonly text: string
  readonly reference: string
  readonly postfix: string | undefined
}

function spokenOf(code: string, memory: StyleMemory): Spoken[] {
  const found = new Map<string, Spoken>()
  for (const [text, long, urlId, short, postfix] of code.matchAll(assetPlaceholder)) {
    const said = urlId === undefined ? (postfix ?? '') : memory.postfix(urlId)
    found.set(text, { text, reference: (long ?? short)!, postfix: said })
  }
  return [...found.values()]
}

/**
 * The assets that a placeholder may stand for. Rolldown gives files of one content
 * one reference; of two calls that ask at once both emit, and Vite keeps one.
 */
function ownersOf(
  { reference, postfix }: Spoken,
  assets: readonly Asset[],
  emitted: readonly Effect[],
  memory: StyleMemory,
): Asset[] {
  const alike = assets.filter((each) => each.reference !== undefined && each.postfix === postfix)
  const owners = alike.filter((each) => each.reference === reference)
  if (owners.length > 0) return owners
  const own = emitted.find((effect) => effect[2] === reference)
  const file = own && fileOf(own[1], memory)
  return file === undefined ? [] : alike.filter(({ id }) => fileBehind(id) === file)
}

function isInlined(asset: Asset, code: string, watched: readonly string[]): boolean {
  if (asset.reference !== undefined) return false
  // a text in quotes may be escaped in the code; Vite 6 names no assets
  return watched.includes(fileBehind(asset.id) ?? '') || code.includes(asset.url)
}

function fileOf(emitted: unknown, { root }: StyleMemory): string | undefined {
  const { originalFileName } = emitted as { originalFileName?: string }
  return originalFileName === undefined ? undefined : path.resolve(root, originalFileName)
}

function withCode(result: unknown, code: string): unknown {
  if (typeof result === 'string') return code
  return result === null || result === undefined ? result : { ...(result as object), code }
}

/** True when a replay has to ask Vite: then it can't be done at once. */
export function asksVite({ effects }: Outcome): boolean {
  return effects.some((effect) => kinds.has(effect[0]))
}

const kinds: ReadonlySet<string> = new Set(['asset', 'inlined', 'public', 'classes'])

/** Has Vite answer again; the result as it is in this build, or why the original has to run. */
export async function attachStyles(
  { build, subject, context }: Original,
  call: HookCall,
  { result, effects }: Outcome,
): Promise<unknown> {
  const memory = build.styleMemoryOf(subject)
  if (!memory) return new NotStorable('no memory to restore')
  let code = codeOf(result) ?? ''
  let classes: unknown
  for (const effect of effects) {
    if (effect[0] === 'asset' || effect[0] === 'inlined') {
      const url = await memory.urlOf(build.place.fromPortable(effect[1]), context)
      const isReference = anyPlaceholder.test(url)
      if (effect[0] === 'inlined') {
        if (isReference || build.hasher.digestText(url) !== effect[2]) return differs
      } else if (!isReference || url.length !== effect[2].length) return differs
      else code = code.replaceAll(effect[2], () => url)
    } else if (effect[0] === 'public') {
      if (memory.publicPlaceholder(effect[1]) !== effect[2]) return differs
    } else if (effect[0] === 'classes') classes = effect[1]
  }
  if (classes !== undefined) memory.keepClasses(call.id, classes)
  return withCode(result, code)
}

const differs = new NotStorable('assets are inlined otherwise in this build')
