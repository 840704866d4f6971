/** `import x from 'y'` at the start of a line: the only form that the README's configs use. */
const imports = /^import (?:(\w+)|\{ (\w+) \}) from '([^']+)'\n/gm

/**
 * Ways to write a config, each made of the README's. `type` is that of the project's package.json,
 * where it has one.
 */
export const forms = {
  esm: { type: 'module', extension: 'js', write: (code) => code },
  mjs: { extension: 'mjs', write: (code) => code },
  'js without type': { extension: 'js', write: (code) => code },
  'cjs import()': { extension: 'cjs', write: asyncConfig },
  'cjs require()': { extension: 'cjs', write: requiring },
}

/** `module.exports = async () => …`, which all three hosts call. */
function asyncConfig(code) {
  const { loads, config } = parts(code, (name) => `await import('${name}')`)
  const body = `${loads}return ${config}`.replaceAll(/^(?=.)/gm, '  ')
  return `module.exports = async () => {\n${body}}\n`
}

function requiring(code) {
  const { loads, config } = parts(code, (name) => `require('${name}')`)
  return `${loads}\nmodule.exports = ${config}`
}

function parts(code, load) {
  const loads = [...code.matchAll(imports)].map(([, whole, part, name]) =>
    whole
      ? // an ES module, or a CommonJS one that was compiled from one
        `const { default: ${whole} } = ${load(name)}\n`
      : `const { ${part} } = ${load(name)}\n`,
  )
  const config = code.slice(code.indexOf('export default ') + 'export default '.length)
  return { loads: loads.join(''), config }
}
