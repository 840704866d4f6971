import type { HookContext } from './host.ts'
import { mutedContext } from './recordingContext.ts'
import type { Answered, Subject } from './subject.ts'

// A plugin with state per file (plugin-vue's descriptors) expects that what it
// was asked before about a file did run. So before any original runs for a file,
// every call for it that was answered from the store runs for real, its results
// dropped. Found on a site of 500 pages: with 30 % of plugin-vue's `load` results
// missing the build fails without this rule.

/** Notes a call that was answered from the store, in case its plugin has to catch up. */
export function noteAnswered(subject: Subject, file: string, answered: Answered): void {
  if (subject.policy.state === 'none') return
  const calls = subject.answered.get(file)
  if (calls) calls.push(answered)
  else subject.answered.set(file, [answered])
}

/**
 * Brings the plugin's state for a file to where it would be without us, with
 * the context of the call that needs it: those of the calls before are the
 * host's to let go. Concurrent callers wait for one run.
 */
export function hydrate(
  subject: Subject,
  file: string,
  context: HookContext,
): Promise<void> | undefined {
  const running = subject.hydrating.get(file)
  const calls = subject.answered.get(file)
  if (!calls) return running
  subject.answered.delete(file)
  const catchUp = (running ?? Promise.resolve()).then(async () => {
    for (const { original, args } of calls) {
      try {
        await original.apply(mutedContext(context), [...args])
      } catch {
        // it ran without an error when its result was stored; the original that follows will tell
      }
    }
  })
  subject.hydrating.set(file, catchUp)
  return catchUp
}
