import { seeing } from '../trace/index.ts'
import { wasEdited } from './edited.ts'
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
  const { answered: byState } = subject.memory
  const state = stateOf(subject, file)
  const name = `${answered.hook} ${answered.id}`
  const calls = byState.get(state)
  if (!calls) {
    byState.set(state, new Map().set(name, answered))
    return
  }
  // a host that builds for another output, or again, repeats the call: it goes to the end
  calls.delete(name)
  calls.set(name, answered)
}

/** A file that changed since is seen as it was: plugin-vue keeps what it read itself beside what it was given. */
function runAgain({ original, args, moment }: Answered, context: HookContext): unknown {
  const run = (): unknown => original.apply(mutedContext(moment?.context ?? context), [...args])
  return moment?.file && moment.content ? seeing(moment.file, moment.content, run) : run()
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
  const state = stateOf(subject, file)
  const running = subject.hydrating.get(state)
  const { answered } = subject.memory
  const calls = answered.get(state)
  if (!calls) return running
  answered.delete(state)
  const catchUp = (running ?? Promise.resolve()).then(async () => {
    for (const call of calls.values()) {
      try {
        await runAgain(call, context)
      } catch {
        // it ran without an error when its result was stored; the original that follows will tell
        if (call.moment?.file && !wasEdited(call.moment.file)) noteAnswered(subject, file, call)
      }
    }
  })
  subject.hydrating.set(state, catchUp)
  return catchUp
}

function stateOf({ policy }: Subject, file: string): string {
  return policy.stateOf?.(file) ?? file
}
