import { rmSync } from 'node:fs'
import path from 'node:path'
import { markdownTable } from '../bench/tables.mjs'
import { seconds } from '../lib/text.mjs'
import { hosts } from './hosts.mjs'
import { managers } from './managers.mjs'
import { pack } from './pack.mjs'
import { makeProject, tryForm } from './project.mjs'
import { installTools, nodeFolder, toolFile, toolVersion } from './tools.mjs'
import { checkTypes } from './types.mjs'

/** Tries all of a plan (`plan.mjs`); says tables and what failed, logs each step. Gives the number of failures. */
export async function matrix(plan, { say, log }) {
  await installTools([
    ...plan.nodes.filter((node) => node !== 'current').map((major) => `node-${major}`),
    ...plan.managers.flatMap((name) => managers[name].tools),
    ...plan.compilers,
  ])
  const packed = await pack()
  const faults = []
  const attempt = async (what, work) => {
    const started = performance.now()
    const fault = await work().then(
      () => undefined,
      (error) => error,
    )
    log(`${fault ? 'FAILED' : 'ok    '} ${what}  ${seconds(performance.now() - started)}`)
    if (!fault) return 'ok'
    faults.push(`${what}: ${fault.message}`)
    log(fault.message)
    return 'fails'
  }

  const projects = []
  for (const host of plan.hosts) {
    for (const manager of plan.managers) {
      projects.push(await tryProject({ host, manager, plan, tarball: packed.file, attempt }))
    }
  }
  rmSync(path.dirname(packed.file), { recursive: true })

  const nodes = plan.nodes.map((node) => `Node ${node}`)
  const rows = projects.map(({ row }) => row)
  const forms = projects.flatMap(({ forms }) => forms)
  say(markdownTable(['host, manager', 'install', ...nodes, 'types'], rows))
  if (forms.length > 0) say(`\n${markdownTable(['config', ...plan.forms.slice(1)], forms)}`)
  const [unpacked, size] = [packed.unpackedSize, packed.size].map((bytes) => bytes / 1000)
  say(`\n${packed.files} files, ${unpacked.toFixed(0)} kB unpacked, ${size.toFixed(0)} kB packed`)
  for (const fault of faults) say(`\n${fault}`)
  return faults.length
}

/** One host installed by one package manager: each Node, each form of a config, each compiler. */
async function tryProject({ host: hostName, manager: managerName, plan, tarball, attempt }) {
  const host = hosts[hostName]
  const manager = managers[managerName]
  const where = `${hostName}, ${managerName}`
  let dir
  const row = [where]
  const forms = []
  row.push(
    await attempt(`${where}: install`, async () => {
      dir = await makeProject(host, manager, tarball)
    }),
  )
  if (!dir) return { row, forms }

  const [form, ...others] = plan.forms
  for (const node of plan.nodes) {
    const first = node === 'current' ? undefined : nodeFolder(node)
    const build = (form) =>
      attempt(`${where}, Node ${node}, ${form}`, () => tryForm(dir, { host, manager, form, first }))
    row.push(await build(form))
    // how a config is written has nothing to do with who installed it
    if (managerName !== plan.managers[0] || others.length === 0) continue
    const results = []
    for (const other of others) results.push(await build(other))
    forms.push([`${hostName}, Node ${node}`, ...results])
  }

  const compilers = manager.types === false ? [] : plan.compilers
  const typed = []
  for (const compiler of compilers) {
    const what = `${where}, types by TypeScript ${toolVersion(compiler)}`
    typed.push(await attempt(what, () => checkTypes(dir, host, toolFile(compiler, 'bin/tsc'))))
  }
  row.push(typed.includes('fails') ? 'fails' : (typed[0] ?? ''))
  rmSync(dir, { recursive: true, force: true })
  return { row, forms }
}
