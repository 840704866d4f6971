import type { BuildNotes } from '../plugin/index.ts'
import { noPolicy } from '../plugin/index.ts'
import { unstableLine } from './summary.ts'
import { count, seconds } from './units.ts'

/** Few enough to be read. */
const mostAdvice = 3

type Env = Readonly<Record<string, string | undefined>>

/** What is worth acting on after a build, the most rewarding first; nothing when all is well. */
export function adviceFor(notes: BuildNotes, env: Env): string[] {
  return [
    ...notRestored(notes, env),
    ...(notes.unstable ?? []).map(unstableLine),
    ...unreadable(notes),
    ...slowStrangers(notes),
    ...neverStored(notes),
  ].slice(0, mostAdvice)
}

function notRestored({ newStore, plugins, mode }: BuildNotes, env: Env): string[] {
  const isCI = env['CI'] && env['CI'] !== 'false'
  const wanted = plugins.some(({ misses }) => misses > 0)
  if (!isCI || newStore === undefined || !wanted || mode === 'refresh') return []
  return [
    `The store was empty when this CI job began. Let the job restore ${newStore} before the build, and save it after.`,
  ]
}

function unreadable({ unreadable: all }: BuildNotes): string[] {
  const plugins = new Map(all.map(({ plugin, reason }) => [plugin, reason]))
  return Array.from(
    plugins,
    ([plugin, reason]) =>
      `${plugin}: its options can't be read (${reason}), so nothing of it is reused. Name them yourself: remembered(plugin, { version: '1', extra: { … } })`,
  )
}

/** Slower than this is worth a thought: milliseconds, and a share of the build. */
const slow = 1000
const slowShare = 0.05

function slowStrangers({ others = [], durationMs = 0, host }: BuildNotes): string[] {
  const spent = new Map<string, number>()
  for (const { plugin, ms, reason } of others) {
    if (reason === noPolicy) spent.set(plugin, (spent.get(plugin) ?? 0) + ms)
  }
  return [...spent]
    .filter(([, ms]) => ms > slow && ms > slowShare * durationMs)
    .sort(([, a], [, b]) => b - a)
    .map(([plugin, ms]) => {
      const share = Math.round((100 * ms) / durationMs)
      const name = `'${plugin.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
      const command = host === 'vite' ? 'vite build' : `${host} -c`
      return `${plugin} took ${seconds(ms)} (${share} % of the build) and has no policy. Test it: npx remember audit -- ${command}. When it is safe: remember({ include: [${name}] })`
    })
}

/** So many calls that are computed and never stored are a habit. */
const many = 20

function neverStored({ plugins }: BuildNotes): string[] {
  return plugins.flatMap(({ plugin, hook, misses, hits, notStoredReasons }) =>
    Object.entries(notStoredReasons)
      // a file that was changed while a build ran is no habit
      .filter(([reason, times]) => times >= many && !reason.startsWith('input_changed'))
      .filter(([, times]) => times * 2 > misses + hits)
      .map(
        ([reason, times]) =>
          `${plugin} ${hook}: ${count(times)} calls can't be stored (${reason}), in each build anew. If that can't be helped: remember({ exclude: [{ plugin: '${plugin}', hooks: ['${hook}'] }] })`,
      ),
  )
}
