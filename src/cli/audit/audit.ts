import type { AuditOrder, AuditRole } from '../../plugin/index.ts'
import { findCulprits, type Culprits } from './culprits.ts'
import { findingsOf, judge, type PluginVerdict } from './judge.ts'
import { checkOutputs } from './outputs.ts'
import type { BuildRun, Runner } from './run.ts'

/** What `remember audit --json` prints. `format` changes when a field changes its meaning. */
export interface AuditResult {
  readonly format: 1
  /** All builds, in order. */
  readonly builds: readonly { readonly name: string; readonly ms: number }[]
  readonly plugins: readonly PluginVerdict[]
  /** Outputs that differ between plain builds. */
  readonly unstable: readonly string[]
  /** What can be put down to no plugin, for people. */
  readonly unexplained: readonly string[]
}

/** Why there is nothing to judge. */
export class CannotAudit extends Error {}

/**
 * Builds plain (twice, to know what differs by itself), cold, warm, with all that is
 * reused computed again, and that once more with the modules in another order. When
 * an output is not a plain build's, finds by more builds whose calls make the difference.
 * Ends with a plain build.
 *
 * @throws CannotAudit when the build fails by itself, or is not one of ours.
 */
export async function audit(
  { run, content }: Runner,
  tell: (build: string) => void,
): Promise<AuditResult> {
  const builds: { name: string; ms: number }[] = []
  async function build(name: string, ...args: Parameters<Runner['run']>): Promise<BuildRun> {
    tell(name)
    const ended = await run(...args)
    builds.push({ name, ms: ended.ms })
    return ended
  }

  const plain: BuildRun[] = []
  async function buildPlain(order?: AuditOrder): Promise<void> {
    const ended = await build('plain', { mode: 'off', ...(order && { order }) }, 'off')
    if (ended.failed !== undefined) throw new CannotAudit(`The build fails, ${ended.failed}`)
    plain.push(ended)
  }
  await buildPlain()
  if (plain[0]!.outputs.size === 0) {
    throw new CannotAudit(
      'No output was seen: vite-plugin-remember is not among the plugins of this build.',
    )
  }
  await buildPlain()

  /** Before a plugin is blamed for a difference: more plain builds may differ there too. */
  async function differs(one: BuildRun): Promise<string | undefined> {
    for (;;) {
      const seen = checkOutputs(plain, content).differs(one)
      if (seen === undefined || plain.length === 4) return seen
      await buildPlain(plain.length === 2 ? 'reversed' : 'interleaved')
    }
  }

  const cold = await build('cold', { mode: 'readwrite' }, 'store')
  const warm = await build('warm', { mode: 'readwrite' }, 'store')
  const verified = await build('verify', { mode: 'verify' }, 'store')
  const turned = await build('other order', { mode: 'verify', order: 'reversed' }, 'store')
  const seen = { plain: plain[0]!, cold, warm, verified, turned }

  const all = namesIn(cold)
  let stores = 0
  /** Of plugins that are not safe anyway nothing more need be known; what is left must be so together. */
  async function blamed(
    known: readonly Culprits[],
    full: BuildRun,
    some: (only: readonly string[]) => Promise<BuildRun>,
  ): Promise<Culprits[]> {
    const judged = { ...seen, observed: known, leaving: [] }
    const suspects = all.filter((name) => findingsOf(name, judged).length === 0)
    const isAll = suspects.length === all.length
    return await findCulprits({
      suspects,
      seen: await differs(isAll ? full : await some(suspects)),
      differs: async (only) => await differs(await some(only)),
    })
  }

  const observed = await blamed([], cold, (only) =>
    build('cold, some', { mode: 'readwrite', only }, `${++stores}`),
  )
  const leaving = await blamed(observed, warm, (only) =>
    build('warm, some', { mode: 'readonly', only }, 'store'),
  )

  // what lies in the output folders should be a plain build
  await buildPlain()
  return {
    format: 1,
    builds,
    plugins: judge({ ...seen, observed, leaving }),
    unstable: checkOutputs(plain, content).unstable,
    unexplained: [
      ...[...observed, ...leaving].flatMap(({ plugins, seen: what }) =>
        plugins.length === 0 ? [`Once, and not again, with calls remembered, ${what}`] : [],
      ),
      ...[verified, turned].flatMap(({ failed }) =>
        failed === undefined ? [] : [`With all that is reused computed again, it fails, ${failed}`],
      ),
    ],
  }
}

/** Plugins of a build that may be remembered, those that are remembered today first. */
function namesIn({ notes }: BuildRun): string[] {
  const of = (wanted: AuditRole): string[] =>
    notes.flatMap((note) => ('plugin' in note && note.role === wanted ? [note.plugin] : []))
  return [...new Set([...of('remembered'), ...of('tried')])]
}
