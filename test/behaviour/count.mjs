// Counts, inside a build's own process, which hooks of which plugins run. The
// parts of these tests that run in a project, imported by its config.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import process from 'node:process'

const hooks = ['load', 'transform', 'renderChunk']

/**
 * For Vite: counts in the clones that it makes of plugins for a build, before
 * we wrap them. The plugins themselves, whose closures we read, stay as they are.
 */
export function countClones() {
  return { name: 'count', options: ({ plugins }) => void countHooks(plugins) }
}

/** For hosts that make no clones, and for output plugins: counts in the plugins themselves. */
export function countHooks(plugins) {
  for (const plugin of plugins.flat(Infinity).filter(Boolean)) {
    for (const hook of hooks) {
      const slot = plugin[hook]
      if (!slot) continue
      if (typeof slot === 'function') plugin[hook] = counted(plugin.name, hook, slot)
      else slot.handler = counted(plugin.name, hook, slot.handler)
    }
  }
  return plugins
}

function counted(plugin, hook, handler) {
  return function (...args) {
    const id = hook === 'load' ? args[0] : hook === 'transform' ? args[1] : args[1].name
    // an event of the process: a list of calls held here would be taken for an option of the plugin
    process.emit('remember-test:call', `${plugin} ${hook} ${id}`, hook === 'load' ? '' : args[0])
    return handler.apply(this, args)
  }
}

const calls = []
process.on('remember-test:call', (call, code) => {
  calls.push([call, createHash('sha1').update(code).digest('hex')])
})
process.on('exit', () => fs.writeFileSync(process.env.BEHAVIOUR_CALLS, JSON.stringify(calls)))
