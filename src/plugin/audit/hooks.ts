import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import type { RememberHooks } from '../ownHooks.ts'
import { noteAudit, type AuditOrder, type AuditPhase } from './phase.ts'

interface OutputOptions {
  readonly dir?: string
  readonly file?: string
}

type Bundle = Readonly<
  Record<string, { readonly code?: string; readonly source?: string | Uint8Array }>
>

/** What our plugin does besides in an audit: notes the outputs, and may turn the order of modules round. */
export function addAuditHooks(plugin: RememberHooks, phase: AuditPhase): RememberHooks {
  const { generateBundle } = plugin
  const more = {
    writeBundle: {
      order: 'post',
      sequential: true,
      handler: (options: OutputOptions, bundle: Bundle) => noteOutputs(phase, options, bundle),
    },
    ...(phase.order && { load: { order: 'pre', handler: createTurn(phase.order) } }),
  }
  return {
    ...plugin,
    generateBundle: {
      order: 'post',
      handler(...args: readonly unknown[]) {
        generateBundle.handler.call(this)
        // who only generates writes nothing
        noteOutputs(phase, args[0] as OutputOptions, args[1] as Bundle)
      },
    },
    ...more,
  }
}

function noteOutputs(phase: AuditPhase, { dir, file }: OutputOptions, bundle: Bundle): void {
  const folder = path.resolve(dir ?? (file === undefined ? '.' : path.dirname(file)))
  noteAudit(phase, { folder })
  for (const [name, { code, source = code ?? '' }] of Object.entries(bundle)) {
    const digest = createHash('sha256').update(source).digest('hex')
    const content = path.join(phase.contents, digest)
    if (!fs.existsSync(content)) fs.writeFileSync(content, source)
    noteAudit(phase, { output: path.join(folder, name), digest })
  }
}

/** Milliseconds without another module after which those that wait go on. */
const quiet = 25

/** A `load` that answers nothing, and lets those who came go on in another order. */
function createTurn(order: AuditOrder): () => Promise<null> {
  let waiting: (() => void)[] = []
  let timer: NodeJS.Timeout | undefined
  return () =>
    new Promise((resolve) => {
      waiting.push(() => resolve(null))
      clearTimeout(timer)
      timer = setTimeout(() => {
        const came = waiting
        waiting = []
        for (const go of turned(came, order)) go()
      }, quiet)
    })
}

function turned<Item>(items: readonly Item[], order: AuditOrder): Item[] {
  if (order === 'reversed') return items.toReversed()
  const isOdd = (_item: Item, index: number): boolean => index % 2 === 1
  return [...items.filter(isOdd), ...items.filter((item, index) => !isOdd(item, index))]
}
