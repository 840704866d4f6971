import type { Inspector, Packages } from '../fingerprint/index.ts'
import type { Digest, Hasher } from '../key/index.ts'
import type { BuildStart } from './build.ts'
import { createIdentities, type Identity } from './identity.ts'
import { findLegacyMemory, type LegacyMemory } from './legacyMemory.ts'
import type { Place } from './place.ts'
import { rememberedOptions } from './remembered.ts'
import type { UserContext } from './request.ts'
import { findStyleMemory, type StyleMemory } from './styleMemory.ts'
import type { Subject } from './subject.ts'

/** What a build knows of each plugin that it remembers; found out once, when it is asked for. */
export interface Knowledge {
  identityOf(subject: Subject): Identity
  /** Reads the plugin as it is now, whatever is known. */
  readAgain(subject: Subject): Identity
  /** Names the plugin as it is now; taken once, at the latest at its first call. */
  fingerprintOf(subject: Subject): Digest
  /** Milliseconds that fingerprints took. */
  readonly fingerprintMs: number
  /** Why this instance is not remembered: it can't be named, or its policy refuses it by its named parts. */
  refuses(subject: Subject): string | undefined
  userContext(subject: Subject): UserContext
  /** What Vite keeps of this plugin's style sheets; nothing where it was not found. */
  styleMemoryOf(subject: Subject): StyleMemory | undefined
  /** What plugin-legacy notes; nothing where it was not found. */
  legacyMemoryOf(subject: Subject): LegacyMemory | undefined
  /** The plugin may have changed: what names it is read anew. */
  forgetIdentity(subject: Subject): void
}

export interface KnowledgeFrom {
  readonly start: BuildStart
  readonly place: Place
  readonly hasher: Hasher
  readonly inspector: Inspector | undefined
  readonly packages: Packages
  /** Digest of what the `inputs` option names. */
  readonly inputs: Digest
  readonly onProblem: (error: unknown) => void
}

export function createKnowledge(from: KnowledgeFrom): Knowledge {
  const { start, place, hasher, inspector, packages, inputs, onProblem } = from
  const { options } = start
  const identities = new Map<Subject, Identity>()
  const refusals = new Map<Subject, { readonly reason: string | undefined }>()
  let identify: ReturnType<typeof createIdentities> | undefined
  let fingerprintMs = 0

  function readAgain(subject: Subject): Identity {
    try {
      const { ignore } = options
      identify ??= createIdentities({
        ...start,
        ignore,
        place,
        hasher,
        inputs,
        inspector,
        packages,
      })
      return identify(subject)
    } catch (error) {
      onProblem(error)
      return { parts: {}, unreadable: String(error), showsRoot: () => false }
    }
  }

  const identityOf = onceFor(identities, (subject) =>
    start.settled.before(subject, readAgain(subject), hasher),
  )
  const refusalOf = onceFor(refusals, (subject) => {
    const { parts, unreadable } = identityOf(subject)
    return { reason: unreadable ?? subject.policy.refuseParts?.(parts) }
  })
  const userContext = onceFor(new Map<Subject, UserContext>(), ({ original }) => {
    const extra = { ...options.extra, ...rememberedOptions(original)?.extra }
    return { extra, tags: options.tags }
  })
  const styles = onceFor(new Map<Subject, Found<StyleMemory>>(), ({ original }) => ({
    found: findStyleMemory(inspector, original, start.environment),
  }))
  const legacy = onceFor(new Map<Subject, Found<LegacyMemory>>(), ({ original }) => ({
    found: findLegacyMemory(inspector, original),
  }))

  return {
    identityOf,
    readAgain,
    fingerprintOf(subject) {
      if (subject.fingerprint === undefined) {
        const began = performance.now()
        subject.fingerprint = hasher.digestOf(identityOf(subject).parts)
        fingerprintMs += performance.now() - began
      }
      return subject.fingerprint
    },
    get fingerprintMs() {
      return fingerprintMs
    },
    refuses: (subject) => refusalOf(subject).reason,
    userContext,
    styleMemoryOf: (subject) => styles(subject).found,
    legacyMemoryOf: (subject) => legacy(subject).found,
    forgetIdentity(subject) {
      subject.fingerprint = undefined
      identities.delete(subject)
      refusals.delete(subject)
    },
  }
}

interface Found<T> {
  readonly found: T | undefined
}

/** Keeps what was found out in `known`; values are objects. */
function onceFor<T extends object>(
  known: Map<Subject, T>,
  find: (subject: Subject) => T,
): (subject: Subject) => T {
  return (subject) => {
    let value = known.get(subject)
    if (value === undefined) known.set(subject, (value = find(subject)))
    return value
  }
}
