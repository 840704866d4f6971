import { onTestFinished } from 'vitest'
import {
  type Fingerprint,
  type Inspector,
  openInspector,
  walkPlugin,
} from '../../src/fingerprint/index.ts'
import type { PluginWalkOptions } from '../../src/fingerprint/plugin.ts'
import { digest } from './digest.ts'

export function inspector(): Inspector {
  const opened = openInspector()
  if (!opened) throw new Error('this Node has no inspector')
  onTestFinished(() => opened.close())
  return opened
}

/** Walks a plugin and makes sure that what comes out is plain data. */
export function fingerprint(plugin: object, options: Partial<PluginWalkOptions> = {}): Fingerprint {
  const result = walkPlugin(plugin, {
    digest,
    root: '/work/app',
    inspector: inspector(),
    ...options,
  })
  digest(result.parts)
  return result
}

export function parts(plugin: object, options: Partial<PluginWalkOptions> = {}): any {
  return fingerprint(plugin, options).parts
}
