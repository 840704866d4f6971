import { mkdirSync, rmSync, utimesSync } from 'node:fs'
import path from 'node:path'
import { generate } from '../generate.mjs'
import { randomFrom } from '../generate/random.mjs'
import { hostModules } from '../lib/hosts.mjs'
import { build, differences, failAlike } from './builds.mjs'
import { editOnce } from './edits.mjs'
import { writeKit, writeWords } from './edits/settings.mjs'
import { filesOf, putFile, putTree, readText, takeTree } from './tree.mjs'

/** How many earlier states can come back. */
const kept = 10
/** A plain build that differs from itself proves nothing: it is asked this often. */
const askedAgain = 3

/**
 * Edits a copy of an app at random, step by step, and after each step builds it
 * with all that the steps before have stored, and plain. Ends at the first
 * difference and tells of it; nothing but the seed decides what is edited.
 */
export async function soak({ name, case: chosen, seed, steps, home, log }) {
  const random = randomFrom('soak', name, seed)
  const copy = await prepare(chosen, home, random)
  const totals = { steps: 0, failed: 0, undecided: 0, reused: 0, calls: 0 }
  const states = []
  const history = []
  let sound = true
  let most = 0
  for (let step = 0; step < steps; step++) {
    const done = step === 0 ? 'as generated' : advance(copy, states, sound)
    history.push(`${step}: ${done}`)
    const [plain, warm] = await Promise.all([build(copy, 'plain'), build(copy, 'warm')])
    most = Math.max(most, warm.calls)
    const failed = plain.ended !== 0
    if (failed && step === 0) throw new Error(`${name} does not build:\n${plain.text}`)
    // an app that fell apart says little: it is mostly given up soon
    sound = !failed && warm.calls >= most / 2
    totals.steps++
    totals.failed += failed ? 1 : 0
    totals.reused += warm.reused
    totals.calls += warm.calls
    const found = differences(plain, warm)
    log(`${name} ${history.at(-1)} · ${failed ? 'fails' : `${warm.reused} of ${warm.calls}`}`)
    if (found.length > 0) {
      const same = await plainGives(copy, plain, warm)
      if (!same)
        return { totals, difference: { step, found, history: history.slice(-12), plain, warm } }
      totals.undecided++
      log(`${name} ${step}: plain builds differ among themselves, ${found[0]}`)
    }
    states.push({ step, tree: takeTree(copy.dir), env: { ...copy.env }, sound })
    if (states.length > kept) states.splice(random.integer(0, kept - 2), 1)
  }
  return { totals }
}

/** Some plain build of the same copy ends the same way, its modules coming in another order. */
async function plainGives(copy, plain, warm) {
  let again = plain
  for (let time = 0; time < askedAgain; time++) {
    again = await build(copy, 'again')
    if (differences(again, warm).length === 0) return true
  }
  return failAlike(plain, warm) || failAlike(again, warm)
}

/** One to four edits, or an earlier state. */
function advance(copy, states, sound) {
  const { random } = copy
  const whole = states.filter((state) => state.sound)
  if (whole.length > 0 && random.chance(sound ? 0.08 : 0.7)) {
    return revert(copy, sound ? random.pick(whole) : whole.at(-1))
  }
  const count = random.pick([1, 1, 1, 2, 2, 3, 4])
  return Array.from({ length: count }, () => editOnce(copy)).join(' + ')
}

function revert(copy, { step, tree, env }) {
  const withTimes = copy.random.chance(0.5)
  putTree(copy.dir, tree, withTimes)
  copy.env = { ...env }
  return `back to ${step}${withTimes ? ', with its times' : ''}`
}

async function prepare(chosen, home, random) {
  const { app, playground, config, size } = chosen
  rmSync(home, { recursive: true, force: true })
  mkdirSync(home, { recursive: true })
  const dir = path.join(home, 'app')
  await generate(playground, size, dir)
  for (const [name, find, replace] of app.patches) patch(dir, name, find, replace)
  for (const name of filesOf(dir).filter((each) => app.plainer?.files.test(each))) {
    putFile(dir, name, readText(dir, name).replaceAll(app.plainer.drop, ''))
  }
  for (const [name, text] of Object.entries(app.files ?? {})) putFile(dir, name, text)
  putFile(dir, 'options.json', '{}\n')
  putFile(dir, 'jitter.js', jitter)
  const host = config ?? 'vite.config.js'
  patch(dir, host, /^/, "import { jitter } from './jitter.js'\n")
  patch(dir, host, "env.PLAYGROUND_PLAIN !== '1' &&", 'env.SOAK_JITTER && jitter(),\n$&')
  if (app.kit) writeKit(dir, app.kit, 0)
  if (app.kit) writeWords(dir, 'node_modules/soak-words', 0)
  // as long ago as a checkout, and in whole seconds
  for (const name of filesOf(dir)) utimesSync(path.join(dir, name), 1_700_000_000, 1_700_000_000)
  return {
    home,
    dir,
    app,
    playground,
    config,
    random,
    env: {},
    modulesDir: hostModules(chosen.host),
  }
}

function patch(dir, name, find, replace) {
  const text = readText(dir, name)
  const patched = text.replace(find, (found) => replace.replace('$&', () => found))
  if (patched === text) throw new Error(`${name} has no ${find}`)
  putFile(dir, name, patched)
}

/** A plugin that lets modules come in any order. */
const jitter = `import { setTimeout as wait } from 'node:timers/promises'

export const jitter = () => ({
  name: 'jitter',
  load: { order: 'pre', handler: () => wait(Math.random() * 300, null) },
})
`
