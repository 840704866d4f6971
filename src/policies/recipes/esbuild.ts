import path from 'node:path'
import { withExtended } from '../extended.ts'
import { withoutQuery } from '../moduleId.ts'
import {
  type CachePolicy,
  type PolicyCall,
  type PolicyInputs,
  type PolicyPlace,
  replacements,
} from '../policy.ts'
import { anyProject } from '../projects.ts'
import { upwardBeyond } from '../upward.ts'

const configNames = ['tsconfig.json', 'jsconfig.json']

/**
 * The nearest tsconfig is looked for upwards from the module, to the root of the disk, and read
 * once per process, so later calls are not seen reading it: every candidate is an input. Nor is
 * any call seen reading what it extends (get-tsconfig 4.14): named here too.
 */
function tsconfigs(
  call: PolicyCall,
  place: PolicyPlace,
  names: readonly string[] = configNames,
): PolicyInputs {
  const file = withoutQuery(call.id)
  if (!path.isAbsolute(file) || file.includes('/node_modules/')) return {}
  return { files: withExtended(upwardBeyond(names, path.dirname(file), place)) }
}

/** With the option `tsconfig`: the name to look for, upwards too, or a path. */
function optedTsconfigs(call: PolicyCall, place: PolicyPlace, parts: unknown): PolicyInputs {
  const names = textsLabelled(parts, 'tsconfig').map((text) =>
    text.replace(/^<root>/, () => place.workspaceRoot),
  )
  const found = tsconfigs(call, place, [
    ...configNames,
    ...names.filter((name) => !path.isAbsolute(name)),
  ])
  const given = names.filter((name) => path.isAbsolute(name))
  return { files: [...(found.files ?? []), ...withExtended(given)] }
}

/** Texts that stand under a label anywhere in named parts. */
function textsLabelled(tree: unknown, label: string): string[] {
  if (typeof tree !== 'object' || tree === null) return []
  return Object.entries(tree).flatMap(([name, value]) =>
    name === label && typeof value === 'string' ? [value] : textsLabelled(value, label),
  )
}

export const viteEsbuild: CachePolicy = {
  verdict: 'cache',
  plugin: 'vite:esbuild',
  hooks: ['transform'],
  packages: ['vite', 'esbuild'],
  checked: 'vite 7.3.8',
  why: 'a pure native function of code, options and tsconfig',
  inputsSay: '`tsconfig.json` and `jsconfig.json`, upwards from the module, with all they extend',
  state: 'none',
  paths: 'visible',
  projects: anyProject,
  blindTo: replacements,
  declinesById: true,
  settingsOnly: true,
  lookScope: (file) => (configNames.includes(path.basename(file)) ? 'named' : 'plugin'),
  env: [],
  inputs: (call, _watched, place) => tsconfigs(call, place),
  // `reloadOnTsconfigChange` of vite 7.3.8 reloads for a tsconfig of another name if a transform has parsed it
  notInDev: 'a changed tsconfig reloads the page only when a transform has read it',
}

export const rollupEsbuild: CachePolicy = {
  verdict: 'cache',
  plugin: 'esbuild',
  hooks: ['transform', 'renderChunk'],
  packages: ['rollup-plugin-esbuild', 'esbuild'],
  checked: 'rollup-plugin-esbuild 6.2.1',
  why: 'a pure native function of code, options and tsconfig',
  inputsSay: '`tsconfig.json` and `jsconfig.json`, upwards from the module, with all they extend',
  state: 'none',
  paths: 'visible',
  projects: anyProject,
  settingsOnly: true,
  lookScope: (file) => (configNames.includes(path.basename(file)) ? 'named' : 'plugin'),
  declinesById: true,
  env: [],
  inputs: (call, _watched, place, parts) =>
    call.hook === 'transform' ? optedTsconfigs(call, place, parts) : {},
  chunkFields: ['fileName'],
}

export const esbuildMinify: CachePolicy = {
  verdict: 'cache',
  plugin: 'esbuild-minify',
  hooks: ['renderChunk'],
  packages: ['rollup-plugin-esbuild', 'esbuild'],
  checked: 'rollup-plugin-esbuild 6.2.1',
  why: 'a pure native function of code and options',
  state: 'none',
  paths: 'visible',
  projects: anyProject,
  env: [],
  chunkFields: ['fileName'],
}

export const viteEsbuildTranspile: CachePolicy = {
  verdict: 'cache',
  plugin: 'vite:esbuild-transpile',
  hooks: ['renderChunk'],
  packages: ['vite', 'esbuild'],
  checked: 'vite 8.3.8, 7.3.8',
  why: 'a pure native function of code and options',
  state: 'none',
  paths: 'visible',
  projects: anyProject,
  blindTo: replacements,
  env: [],
  chunkFields: ['fileName'],
}
