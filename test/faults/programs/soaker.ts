import { writeSync } from 'node:fs'
import { randomFrom } from '../../../scripts/generate/random.mjs'
import { clear, openCache, prune, verifyStore, type Cache } from '../../../src/engine/index.ts'
import { type Line, type Role, soakValue } from '../soakLines.ts'

// One of the processes of a soak: does what its role says until its input ends or it is killed,
// and prints what it was told, each line in one write.
const [dir = '', role = 'write', name = '', seed = '0'] = process.argv.slice(2)

const random = randomFrom('soaker', seed, name)
let running = true
process.stdin.on('end', () => (running = false)).resume()

const say = (line: Line): void => void writeSync(1, `${JSON.stringify(line)}\n`)
const rest = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
const dayMs = 24 * 60 * 60 * 1000

/** Keys come and go in a window that moves, so that there are always new ones. */
const keyNow = (): number => Math.floor(Date.now() / 500) + random.integer(0, 30)

/** Keys of this process that are not committed yet: what it reads of those is its own. */
const open = new Set<string>()

async function remember(cache: Cache, namespace: string): Promise<void> {
  const i = keyNow()
  // two traces of one key, of which one holds
  const trace = String(random.integer(0, 1))
  const key = `${namespace}/${i}/${trace}`
  const check = { sets: new Map(), holds: (input: { value: string }) => input.value === trace }
  const { status, value, committed } = await cache.remember<string>(
    { namespace, parts: { i }, tags: [namespace], label: key },
    (recorder) => {
      recorder.input({ kind: 'version', name: 'v', value: trace })
      return soakValue(key, name)
    },
    { check },
  )
  if (status === 'hit') {
    if (!open.has(key)) say({ key, told: 'hit', value })
    return
  }
  open.add(key)
  void committed.then((end) => {
    open.delete(key)
    say({ key, told: end.status, value: end.value })
  })
}

async function use(mode: 'readwrite' | 'readonly'): Promise<void> {
  // some keys are old when they are made, for prune to take
  const isOld = random.chance(0.2)
  const now = isOld ? () => Date.now() - 40 * dayMs : Date.now
  const cache = await openCache({ dir, mode, now, maxAge: 100 * dayMs })
  const namespaces = isOld ? ['old'] : ['kept', 'kept', 'clear']
  for (let left = random.integer(5, 200); left > 0 && running; left--) {
    await remember(cache, random.pick(namespaces))
    if (random.chance(0.05)) await cache.flush()
    if (random.chance(0.1)) await rest(random.integer(0, 10))
  }
  await cache.close()
}

const roles: Readonly<Record<Role, () => Promise<unknown>>> = {
  write: () => use('readwrite'),
  read: () => use('readonly'),
  prune: async () => {
    if ((await prune({ dir })).status === 'done') say({ did: 'prune' })
    await rest(random.integer(0, 200))
  },
  clear: async () => {
    const done = await clear({ dir, where: ({ namespace }) => namespace === 'clear' })
    if (done.status === 'done') say({ did: 'clear' })
    await rest(random.integer(100, 1000))
  },
  verify: async () => {
    const { damaged } = await verifyStore(dir, { fix: true })
    say({ did: 'verify', damaged: damaged.map(({ file, detail }) => `${file}: ${detail}`) })
    await rest(random.integer(100, 500))
  },
}

while (running) await roles[role as Role]()
