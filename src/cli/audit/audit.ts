import type { AuditRole } from '../../plugin/index.ts'
import { findCulprits, type Culprits } from './culprits.ts'
import { judge, type PluginVerdict } from './judge.ts'
import { checkOutputs, type OutputCheck } from './outputs.ts'
import type { BuildRun, Runner } from './run.ts'

/** What `remember audit --json` prints. `format` changes when a field changes its meaning. */
export interface AuditResult {
  readonly format: 1
  readonly phases: readonly { readonly name: string; readonly ms: number }[]
  readonly plugins: readonly PluginVerdict[]
  /** Outputs that differ between two plain builds. */
  readonly unstable: readonly string[]
  /** Differences that could be put down to no plugin, for people. */
  readonly unexplained: readonly string[]
}

/** Why there is nothing to judge. */
export class CannotAudit extends Error {}

/**
 * Builds plain (twice, to know what differs by itself), cold, warm, with all that is
 * reused computed again, and once more of that with the modules in another order. When
 * an output is not a plain build's, finds by more builds whose calls make the difference.
 *
 * @throws CannotAudit when the build fails by itself, or is not one of ours.
 */
export async function audit(
  { run, content }: Runner,
  tell: (phase: string) => void,
): Promise<AuditResult> {
  const phases: { name: string; ms: number }[] = []
  const phase = async (name: string, ...args: Parameters<Runner['run']>): Promise<BuildRun> => {
    tell(name)
    const ended = await run(...args)
    phases.push({ name, ms: ended.ms })
    return ended
  }
  const one = await phase('plain', { mode: 'off' }, 'off')
  const two = await phase('plain again', { mode: 'off' }, 'off')
  for (const plain of [one, two]) {
    if (plain.failed !== undefined) throw new CannotAudit(`The build fails, ${plain.failed}`)
  }
  if (one.outputs.size === 0) {
    throw new CannotAudit(
      'No output was seen: vite-plugin-remember is not among the plugins of this build.',
    )
  }
  const check = checkOutputs(one, two, content)
  const plain = one.ms < two.ms ? one : two

  let stores = 0
  const cold = await phase('cold', { mode: 'readwrite' }, 'store')
  const observed = await blame(check, cold, rolesIn(cold), (only) => {
    return phase('cold, some', { mode: 'readwrite', only }, `store-${++stores}`)
  })
  const warm = await phase('warm', { mode: 'readwrite' }, 'store')
  const someWarm = (only: readonly string[]): Promise<BuildRun> =>
    phase('warm, some', { mode: 'readonly', only }, 'store')
  // what changes the output by being observed says nothing of what it leaves behind
  const others = rolesIn(warm).filter((name) => !blames(observed, name))
  const reused = observed.length > 0 ? await someWarm(others) : warm
  const leaving = await blame(check, reused, others, someWarm)
  const verified = await phase('verify', { mode: 'verify' }, 'store')
  const turned = await phase('other order', { mode: 'verify', reversed: true }, 'store')

  const isCertain = ({ plugins }: Culprits): boolean => plugins.length <= 2 && plugins.length > 0
  const uncertain = [...observed, ...leaving].filter((culprits) => !isCertain(culprits))
  return {
    format: 1,
    phases,
    plugins: judge({
      plain,
      cold,
      warm,
      verified,
      turned,
      observed: observed.filter(isCertain),
      leaving: leaving.filter(isCertain),
    }),
    unstable: check.unstable,
    unexplained: [
      ...uncertain.map(({ seen }) => seen),
      ...[verified, turned].flatMap(({ failed }) => failed ?? []),
    ],
  }
}

/** Whose calls make the outputs of a build differ from a plain one's. */
async function blame(
  check: OutputCheck,
  all: BuildRun,
  suspects: readonly string[],
  build: (only: readonly string[]) => Promise<BuildRun>,
): Promise<Culprits[]> {
  const seen = check.differs(all)
  if (seen === undefined) return []
  const differs = async (only: readonly string[]): Promise<string | undefined> =>
    check.differs(await build(only))
  const [first] = suspects
  // one alone may be innocent too
  if (suspects.length === 1 && (await differs([first!])) === undefined) {
    return [{ plugins: [], seen }]
  }
  return await findCulprits(suspects, seen, differs)
}

function blames(culprits: readonly Culprits[], name: string): boolean {
  return culprits.some(({ plugins }) => plugins.includes(name))
}

/** Plugins of a build that may be remembered, those that are remembered today first. */
function rolesIn({ notes }: BuildRun): string[] {
  const of = (wanted: AuditRole): string[] =>
    notes.flatMap((note) => ('plugin' in note && note.role === wanted ? [note.plugin] : []))
  return [...new Set([...of('remembered'), ...of('tried')])]
}
