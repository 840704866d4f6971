import { scriptPath, type Inspector } from '../fingerprint/index.ts'
import { hookHandler } from './host.ts'
import type { HostFacts } from './identity.ts'
import type { Subject } from './subject.ts'
import { unwrapped } from './wrap.ts'

type Known = Pick<Subject, 'policy' | 'original'>
type Facts = Pick<HostFacts, 'packages' | 'place' | 'inspector'>

/**
 * Folder of the installed package that a known plugin comes from: as the root
 * sees it, else (frameworks bring their own Vite) where its code was loaded from.
 */
export function homeOf(subject: Known, facts: Facts): string | undefined {
  const { packages, place } = facts
  const [name] = subject.policy.packages
  if (name === undefined) return undefined
  const seen = packages.find(name, place.root)
  if (seen) return seen.dir
  const [handler] = handlersOf(subject)
  const owner = handler && ownerOf(handler, facts)
  return owner?.name === name ? owner.dir : undefined
}

/** True when the functions of its remembered hooks are from a package: nobody put others in their place. */
export function isCodeOf(home: string, subject: Known, facts: Facts): boolean {
  const handlers = handlersOf(subject)
  return handlers.length > 0 && handlers.every((fn) => ownerOf(fn, facts)?.dir === home)
}

function handlersOf({ policy, original }: Known): object[] {
  return policy.hooks.flatMap((hook) => {
    const handler = hookHandler(original[hook])
    return handler ? [unwrapped(handler)] : []
  })
}

function ownerOf(
  fn: object,
  { packages, inspector }: Facts,
): ReturnType<Facts['packages']['owner']> {
  const url = urlOf(fn, inspector)
  return url === undefined ? undefined : packages.owner(scriptPath(url))
}

function urlOf(fn: object, inspector: Inspector | undefined): string | undefined {
  const location = inspector?.look([fn])[0]?.location
  return location && inspector?.scriptUrl(location, fn)
}
