import {
  aboutRun,
  causeLine,
  count,
  readRuns,
  seconds,
  whyNew,
  type About,
  type Why,
} from '../report/index.ts'
import { noPolicy } from '../plugin/index.ts'
import { findStore, noBuild } from './store.ts'

export interface WhyArgs {
  readonly about?: string | undefined
  readonly dir?: string | undefined
  readonly json?: boolean | undefined
}

export async function runWhy(args: WhyArgs): Promise<void> {
  const dir = findStore(args.dir)
  const found = await whyNew(dir, args.about)
  if (!found) return noBuild(dir)
  if (args.json) console.log(JSON.stringify(found, undefined, 2))
  else console.log((await describe(dir, found, args.about)).join('\n'))
}

async function describe(
  dir: string,
  found: readonly Why[],
  about: string | undefined,
): Promise<string[]> {
  const lines = found.map((each) => {
    const id = shown(each.id)
    const calls = each.count === 1 ? id : `${count(each.count)} calls, ${id} …`
    return `${each.plugin} ${each.hook}  ${causeLine(each)}  (${calls})`
  })
  const [run] = about || lines.length === 0 ? await readRuns(dir) : []
  if (!run) return lines
  if (about) return [...lines, ...aboutLines(await aboutRun(dir, run, about), found, about)]
  const tallies = run.notes.flatMap(({ plugins }) => plugins)
  if (tallies.some(({ misses }) => misses > 0)) {
    return [
      'This is the first build of this root in the store: there is nothing to compare it with.',
    ]
  }
  return ['The last build reused all it could.']
}

/** What there is to say of a file or plugin besides what was computed anew. */
function aboutLines(
  { calls, refused, others, isWhole, isFirst }: About,
  found: readonly Why[],
  about: string,
): string[] {
  const anew = found.reduce((all, each) => all + each.count, 0)
  const lines = refused.map(
    (each) => `${each.plugin} ${each.hook}  refused: ${each.reason}  (${callsText(each.calls)})`,
  )
  for (const { plugin, hook, calls: times, ms, reason } of others) {
    lines.push(
      `${plugin} ${hook}  not remembered: ${reason}  (${callsText(times)}, ${seconds(ms)})`,
    )
  }
  if (others.some(({ reason }) => reason === noPolicy)) {
    lines.push('`npx remember audit -- <build command>` tells whether it may be.')
  }
  if (calls.length > 0 && anew < calls.length && isWhole) lines.push(reusedLine(calls, anew))
  else if (calls.length > 0 && anew === 0) {
    const why = isFirst
      ? 'the first build of this root has nothing to compare with'
      : 'this build does not tell which were new'
    lines.push(`${about}: ${callsText(calls.length)}; ${why}.`)
  }
  if (calls.length + lines.length + anew === 0) {
    lines.push(`Nothing of ${about} is in the last build: no remembered hook was called for it.`)
  }
  return lines
}

function reusedLine(calls: About['calls'], anew: number): string {
  const hooks = [...new Set(calls.map(({ plugin, hook }) => `${plugin} ${hook}`))]
  const [id, ...others] = new Set(calls.map((each) => shown(each.id)))
  const which = others.length === 0 ? id : `${id} and ${count(others.length)} more`
  const reused = calls.length - anew
  const all =
    anew === 0 ? (reused === 1 ? 'its call' : `all ${callsText(reused)}`) : callsText(reused)
  return `${which}: reused, ${all} (${hooks.slice(0, 4).join(', ')}${hooks.length > 4 ? ' …' : ''})`
}

function callsText(times: number): string {
  return `${count(times)} ${times === 1 ? 'call' : 'calls'}`
}

function shown(id: string): string {
  return id.replace('<root>/', '').replaceAll('\0', '\\0')
}
