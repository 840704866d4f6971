// As the counters of the behaviour tests, for a process that builds again and again:
// a plugin is counted once, and the calls are told to the process at once, for what
// is kept here would be taken for options of the plugins.
import process from 'node:process'

const counted = new WeakSet()

/** For Vite: counts in the clones that it makes of plugins, before we wrap them. */
export function countClones() {
  return { name: 'count', options: ({ plugins }) => void countHooks(plugins) }
}

/** For hosts that make no clones, and for output plugins: counts in the plugins themselves. */
export function countHooks(plugins) {
  for (const plugin of plugins.flat(Infinity).filter(Boolean)) {
    if (counted.has(plugin)) continue
    counted.add(plugin)
    for (const hook of ['load', 'transform', 'renderChunk']) {
      const slot = plugin[hook]
      if (!slot) continue
      if (typeof slot === 'function') plugin[hook] = counting(plugin.name, hook, slot)
      else slot.handler = counting(plugin.name, hook, slot.handler)
    }
  }
  return plugins
}

function counting(plugin, hook, handler) {
  return function (...args) {
    const id = hook === 'load' ? args[0] : hook === 'transform' ? args[1] : args[1].name
    process.emit('remember-test:call', `${plugin} ${hook} ${id}`)
    return handler.apply(this, args)
  }
}
