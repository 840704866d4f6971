import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { compareDirs } from '../lib/compareDirs.mjs'
import { forms } from './forms.mjs'
import { writeManifest } from './manifest.mjs'
import { readmeConfig } from './readme.mjs'
import { run } from './run.mjs'

/** Makes an empty folder into a project of a host with the packed package, by a package manager. */
export async function makeProject(host, manager, tarball) {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'remember-matrix-'))
  writeManifest(dir, {})
  for (const [name, text] of Object.entries(host.files)) {
    mkdirSync(path.dirname(path.join(dir, name)), { recursive: true })
    writeFileSync(path.join(dir, name), text)
  }
  manager.prepare?.(dir)
  const [command, ...args] = manager.add([...host.packages, '@types/node@20'], tarball)
  await run(command, args, dir)
  return dir
}

/**
 * Builds cold and warm with a fresh store, compares both outputs with one that was made without us
 * (once for a project: it depends neither on Node nor on how the config is written), and asks the
 * command what was reused.
 *
 * @throws Error that says what is not as it should
 */
export async function tryForm(dir, { host, manager, form, first }) {
  const { type, extension, write } = forms[form]
  const config = `${host.host}.config.${extension}`
  writeManifest(dir, { type })
  writeFileSync(path.join(dir, config), write(readmeConfig(host.host)))
  const call = (command, env) =>
    run(...split(manager.exec(command)), dir, { env, first: places(dir, first) })
  const build = async (name, env) => {
    rmSync(path.join(dir, 'dist'), { recursive: true, force: true })
    await call(host.build(config), env)
    return moved(path.join(dir, 'dist'), path.join(dir, `dist-${name}`))
  }
  try {
    rmSync(path.join(dir, 'node_modules/.cache'), { recursive: true, force: true })
    const plain = path.join(dir, 'dist-plain')
    if (!existsSync(plain)) await build('plain', { REMEMBER: 'off' })
    for (const name of ['cold', 'warm']) {
      const differing = compareDirs(plain, await build(name, {}))
      if (differing.length > 0)
        throw new Error(`the ${name} output differs: ${differing.join(', ')}`)
    }
    const printed = await call(['remember', 'stats', '--json'])
    const { hits, misses } = JSON.parse(printed.slice(printed.indexOf('{')))
    if (!(hits > 0 && misses === 0))
      throw new Error(`the second build reused ${hits}, ${misses} were new`)
  } finally {
    rmSync(path.join(dir, config))
  }
}

function moved(from, to) {
  rmSync(to, { recursive: true, force: true })
  renameSync(from, to)
  return to
}

/** Where commands are looked for: the Node under test, then the project's own. */
function places(dir, first) {
  return [...(first ? [first] : []), path.join(dir, 'node_modules/.bin')]
}

function split([command, ...args]) {
  return [command, args]
}
