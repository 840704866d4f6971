// Counts, inside Babel itself, what it compiles: a counter around the plugin's hook would be code
// that nobody knows among its options. For `node --require`; see countCalls.mjs for the rest.
const Module = require('node:module')

const load = Module._extensions['.js']
Module._extensions['.js'] = (module, file) => {
  load(module, file)
  if (!/@babel[\\/]core[\\/]lib[\\/]transformation[\\/]index\.js$/.test(file)) return
  const { run } = module.exports
  module.exports.run = function* (config, ...rest) {
    const { filename } = config.options
    // a virtual module's name is taken for a path in the working directory
    const id = filename.slice(Math.max(0, filename.indexOf('\0')))
    process.emit('remember-test:call', ['babel', 'transform', id])
    return yield* run.call(this, config, ...rest)
  }
}
