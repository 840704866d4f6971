import fs from 'node:fs'
import type { Mode } from '../../engine/index.ts'
import type { ResolvedOptions } from '../options.ts'

/**
 * What `remember audit` wants of one run of the build. A file, and its name in the
 * environment: plugins may look at the whole environment, which is the same in each phase so.
 */
export interface AuditPhase {
  readonly mode: Mode
  /** Folder of the audit's own store. */
  readonly store: string
  /** File for what is seen, as lines of JSON. */
  readonly log: string
  /** Folder for the outputs, by digest. */
  readonly contents: string
  /** Names of the plugins to remember; all that may be when absent. */
  readonly only?: readonly string[]
  /** Lets modules that load at once go on in another order. */
  readonly order?: AuditOrder
}

/** The last one first; or every other one first. */
export type AuditOrder = 'reversed' | 'interleaved'

/** One line of the log. */
export type AuditNote =
  | { readonly plugin: string; readonly role: AuditRole; readonly hooks: readonly string[] }
  /** A file of an output: absolute path and digest. */
  | { readonly output: string; readonly digest: string }
  /** Folder that an output was written to. */
  | { readonly folder: string }

/** `remembered` by a build as it is configured; `tried` only by the audit. */
export type AuditRole = 'remembered' | 'tried'

export const auditVariable = 'REMEMBER_AUDIT'

/** Undefined in every build that is not part of an audit. */
export function readAuditPhase(
  env: Readonly<Record<string, string | undefined>> = process.env,
): AuditPhase | undefined {
  const file = env[auditVariable]
  return file ? (JSON.parse(fs.readFileSync(file, 'utf8')) as AuditPhase) : undefined
}

/** The user's options but for what the phase decides. */
export function auditedOptions(options: ResolvedOptions, phase: AuditPhase): ResolvedOptions {
  return { ...options, mode: phase.mode, dir: phase.store, verify: 0, share: undefined }
}

/** Written at once, for the process may end at any moment. */
export function noteAudit({ log }: AuditPhase, note: AuditNote): void {
  fs.appendFileSync(log, `${JSON.stringify(note)}\n`)
}
