import fs from 'node:fs'
import path from 'node:path'
import { localImports } from '../fingerprint/index.ts'

/** The config files that are there, with the local files they import. */
export function readConfigs(candidates: readonly string[]): ConfigFile[] {
  const files = new Map<string, ConfigFile>()
  for (const candidate of candidates.filter((file) => fs.existsSync(file))) {
    if (path.basename(candidate) === 'package.json') {
      const content = toolSections(candidate)
      if (content !== undefined) files.set(candidate, { file: candidate, content, packages: [] })
      continue
    }
    const local = localImports(candidate)
    for (const file of local.files) {
      const content = read(file)
      if (content !== undefined) files.set(file, { file, content, packages: local.packages })
    }
  }
  return [...files.values()]
}

/** Of a package.json, what configures tools: a dependency or a script more changes no transform. */
function toolSections(file: string): string | undefined {
  try {
    const manifest = JSON.parse(read(file) ?? '') as Record<string, unknown>
    const { babel, browserslist, lingui, postcss, prettier, svgr } = manifest
    const text = JSON.stringify({ babel, browserslist, lingui, postcss, prettier, svgr })
    return text === '{}' ? undefined : text
  } catch {
    return undefined
  }
}

export interface ConfigFile {
  readonly file: string
  readonly content: string
  /** Names of packages that it, or what it imports, imports. */
  readonly packages: readonly string[]
}

export function read(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'latin1')
  } catch {
    return undefined
  }
}
