import type { SoFar } from './build.ts'
import type { Differing } from './differ.ts'
import type { HostName, ViteServer } from './host.ts'
import type { BuildNotes } from './notes.ts'
import type { ResolvedOptions } from './options.ts'
import type { choose } from './select.ts'
import type { whyNot } from './whyNot.ts'

export interface PluginSettings {
  readonly host: HostName
  readonly options: ResolvedOptions
  /** The text to show when a build has ended; nothing when there is nothing to say. */
  readonly summarize: (notes: BuildNotes) => string | undefined
  /** What to warn of when stored outcomes were withdrawn. */
  readonly describeDiffering: (differing: readonly Differing[]) => string
  /** Decides how a plugin is remembered. */
  readonly choose: typeof choose
  /** Says why the calls of others are not remembered; without it, they are not timed. */
  readonly whyNot?: typeof whyNot
  /** Puts the inspector's page into a dev server. */
  readonly inspect: (server: ViteServer, session: Session) => void
}

/** What a dev server did until now. */
export interface Session {
  /** Of the store. */
  readonly dir: string
  readonly root: string
  /** Changes with every hook call that was looked up. */
  stamp(): string
  soFar(): Promise<readonly SoFar[]>
}
