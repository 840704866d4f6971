import { rmSync } from 'node:fs'
import path from 'node:path'
import { markdownTable } from '../bench/tables.mjs'
import { forms } from './forms.mjs'
import { hosts } from './hosts.mjs'
import { managers } from './managers.mjs'
import { pack } from './pack.mjs'
import { makeProject, tryForm } from './project.mjs'
import { installTools, nodeFolder, toolFile, toolVersion } from './tools.mjs'
import { checkTypes } from './types.mjs'

const majors = ['20', '22', '24', '26']
const compilers = ['typescript-5', 'typescript-7']

/**
 * What is tried. `nodes` without a version means the Node that runs this.
 *
 * @throws Error for a name that there is none of
 */
export function planOf({ hosts: h, managers: m, nodes: n, forms: f, compilers: c }) {
  return {
    hosts: chosen(h, Object.keys(hosts), 'host'),
    managers: chosen(m, Object.keys(managers), 'package manager'),
    nodes: n === 'current' ? [] : chosen(n, majors, 'Node'),
    forms: chosen(f, Object.keys(forms), 'form'),
    compilers: chosen(c, compilers, 'compiler'),
  }
}

function chosen(given, all, what) {
  if (given === undefined) return all
  const names = given === '' ? [] : given.split(',').map((name) => name.trim())
  const unknown = names.find((name) => !all.includes(name))
  if (unknown !== undefined)
    throw new Error(`There is no ${what} "${unknown}"; there are ${all.join(', ')}`)
  return names
}

/** Tries all of a plan; prints tables and what failed. Gives the number of failures. */
export async function matrix(plan, { say, log }) {
  await installTools([
    ...plan.nodes.map((major) => `node-${major}`),
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
    if (fault) faults.push(`${what}: ${fault.message}`)
    log(
      `${fault ? 'FAILED' : 'ok    '} ${what}  ${((performance.now() - started) / 1000).toFixed(0)} s`,
    )
    return fault === undefined ? 'ok' : 'fails'
  }

  const nodes = plan.nodes.length > 0 ? plan.nodes : ['current']
  const installed = []
  const written = []
  for (const hostName of plan.hosts) {
    for (const managerName of plan.managers) {
      const host = hosts[hostName]
      const manager = managers[managerName]
      const where = `${hostName}, ${managerName}`
      let dir
      const install = await attempt(`${where}: install`, async () => {
        dir = await makeProject(host, manager, packed.file)
      })
      const builds = []
      for (const node of nodes) {
        const first = node === 'current' ? undefined : nodeFolder(node)
        const cell = { host, manager, first }
        const name = `${where}, Node ${node}`
        builds.push(
          dir ? await attempt(name, () => tryForm(dir, { ...cell, form: plan.forms[0] })) : '',
        )
        // how a config is written has nothing to do with who installed it
        if (!dir || managerName !== plan.managers[0]) continue
        const results = []
        for (const form of plan.forms.slice(1)) {
          results.push(await attempt(`${name}, ${form}`, () => tryForm(dir, { ...cell, form })))
        }
        written.push([`${hostName}, Node ${node}`, ...results])
      }
      const typed = []
      for (const compiler of dir && manager.types !== false ? plan.compilers : []) {
        const name = `${where}, types by TypeScript ${toolVersion(compiler)}`
        typed.push(await attempt(name, () => checkTypes(dir, host, toolFile(compiler, 'bin/tsc'))))
      }
      const types = typed.length === 0 ? '' : typed.includes('fails') ? 'fails' : 'ok'
      installed.push([where, install, ...builds, types])
      if (dir) rmSync(dir, { recursive: true, force: true })
    }
  }
  rmSync(path.dirname(packed.file), { recursive: true })
  say(
    markdownTable(
      ['host, manager', 'install', ...nodes.map((node) => `Node ${node}`), 'types'],
      installed,
    ),
  )
  if (written.length > 0) say(`\n${markdownTable(['config', ...plan.forms.slice(1)], written)}`)
  say(
    `\n${packed.files} files, ${Math.round(packed.unpackedSize / 1000)} kB unpacked, ${Math.round(packed.size / 1000)} kB packed`,
  )
  for (const fault of faults) say(`\n${fault}`)
  return faults.length
}
