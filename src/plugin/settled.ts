import type { Digest, Hasher } from '../key/index.ts'
import type { HostPlugin } from './host.ts'
import type { Identity } from './identity.ts'
import type { Subject } from './subject.ts'

// Some plugins make up their mind at their first call (a unified processor of
// @mdx-js/rollup 3.1 is frozen then, @rollup/plugin-terser 1.0 counts its workers):
// read again after a build, their closures differ, and their options do not. So in a
// watcher they are read when a build ends as well. As long as the next one begins
// with what was there then, nobody changed an option in between, and the plugin has
// the name it had: what it does to its own state while a build runs has no part in
// that within one build either.

/** Plugins across the builds of a watcher. */
export interface Settled {
  /** At the end of a build: who a plugin was in it, and what can be read of it now. */
  note(subject: Subject, was: Identity, now: Identity, hasher: Hasher): void
  /** At the start of the next one: who it was, where nothing changed since that end, else what can be read of it now. */
  before(subject: Subject, now: Identity, hasher: Hasher): Identity
}

export function createSettled(): Settled {
  const noted = new WeakMap<HostPlugin, { readonly was: Identity; readonly end: Digest }>()

  function knows({ policy, timing }: Subject): boolean {
    // of a plugin that nobody has read, what changes may be what it goes by in the next build
    return policy.packages.length > 0 && timing !== 'output'
  }

  return {
    note(subject, was, now, hasher) {
      if (!knows(subject) || was.unreadable !== undefined || now.unreadable !== undefined) return
      noted.set(subject.original, { was, end: hasher.digestOf(now.parts) })
    },
    before(subject, now, hasher) {
      const last = knows(subject) ? noted.get(subject.original) : undefined
      if (!last || now.unreadable !== undefined) return now
      return hasher.digestOf(now.parts) === last.end ? last.was : now
    },
  }
}
