// Counts, inside the plugins themselves, which of their hooks run. Written into
// a build's own process by a config beside the app's, for our statistics are
// not to be trusted with proving themselves.
import fs from 'node:fs'
import process from 'node:process'

const hooks = ['load', 'transform', 'renderChunk']

/** Puts a counter into every hook of the plugins; all calls go to REMEMBER_TEST_CALLS when the process ends. */
export function countPlugins(plugins, label = '') {
  for (const plugin of plugins.flat(Infinity).filter(Boolean)) {
    for (const hook of hooks) {
      const slot = plugin[hook]
      const handler = typeof slot === 'function' ? slot : slot?.handler
      if (!handler) continue
      const counted = counter(`${plugin.name}${label}`, hook, handler)
      if (typeof slot === 'function') plugin[hook] = counted
      else slot.handler = counted
    }
  }
}

/** As a Vite plugin: sees the whole list, the core's plugins too. */
export function countCalls() {
  return {
    name: 'count-calls',
    configResolved: (config) => countPlugins(config.plugins),
  }
}

function counter(plugin, hook, handler) {
  return function (...args) {
    const id = hook === 'load' ? args[0] : hook === 'transform' ? args[1] : args[1].name
    // an event of the process: a list of calls held here would be taken for an option of the plugin
    process.emit('remember-test:call', [plugin, hook, id])
    return handler.apply(this, args)
  }
}

const noted = []
process.on('remember-test:call', (call) => noted.push(call))
process.on('exit', () => {
  // `%p` is a process of its own: several may count at once
  const file = process.env.REMEMBER_TEST_CALLS.replace('%p', process.pid)
  fs.writeFileSync(file, JSON.stringify(noted))
})
