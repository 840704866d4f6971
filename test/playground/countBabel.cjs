// Counts, inside Babel itself, what it compiles: a counter around the plugin's hook would be code
// that nobody knows among its options. For `node --require`; see countCalls.mjs for the rest.
const Module = require('node:module')

const load = Module._extensions['.js']
Module._extensions['.js'] = (module, file) => {
  load(module, file)
  if (!/@babel[\\/]core[\\/]lib[\\/]transformation[\\/]index\.js$/.test(file)) return
  const { run } = module.exports
  module.exports.run = function* (config, ...rest) {
    process.emit('remember-test:call', ['babel', 'transform', config.options.filename])
    return yield* run.call(this, config, ...rest)
  }
}
