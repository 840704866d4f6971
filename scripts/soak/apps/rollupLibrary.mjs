import { babelKit, tsconfigSwitches } from './common.mjs'

const browserslists = ['.browserslistrc', 'chrome 60\n', 'node 18\n']

/** With Babel and Terser, from `rollup.config.js`. */
export const rollupBabel = {
  patches: [
    ['rollup.config.js', 'export default {', optionsSource()],
    [
      'rollup.config.js',
      "comments: env.PLAYGROUND_COMMENTS !== '0'",
      "comments: env.PLAYGROUND_COMMENTS !== '0', compact: options.compact, sourceMaps: options.maps",
    ],
    ['rollup.config.js', 'passes: 2', 'passes: options.passes ?? 2'],
    [
      'babel.config.json',
      '"presets"',
      '"plugins": [["module:soak-kit", { "from": "json" }]],\n  "presets"',
    ],
  ],
  options: { compact: [undefined, true], maps: [undefined, false], passes: [undefined, 1, 3] },
  env: {
    PLAYGROUND_COMMENTS: [undefined, '0'],
    BABEL_ENV: [undefined, 'soak'],
  },
  switches: [
    ['babel.config.json', '"node": "18"', '"node": "6"', '"chrome": "40"'],
    ['babel.config.json', '"bugfixes": true', '"bugfixes": false', '"loose": true'],
    ['babel.config.json', '"from": "json"', '"from": "other"'],
    ['babel.config.json', '"presets"', '"env": { "soak": { "comments": false } }, "presets"'],
    [
      'rollup.config.js',
      'terser({ module: true })',
      'terser({ module: true, mangle: false })',
      'terser({ module: true, ecma: 5 })',
    ],
    ['rollup.config.js', "babelHelpers: 'bundled'", "babelHelpers: 'inline'"],
    [
      'package.json',
      '"private": true',
      '"private": true,\n  "browserslist": ["chrome 50"]',
      '"private": true,\n  "babel": { "comments": false }',
    ],
  ],
  appearing: [
    browserslists,
    ['.babelrc', '{ "comments": false }\n', '{ "compact": true }\n'],
    ['.babelrc.json', '{ "plugins": [["module:soak-kit", { "from": "rc" }, "rc"]] }\n'],
    ['src/.babelrc', '{ "comments": false }\n'],
    ['src/package.json', '{ "babel": { "comments": false } }\n', '{ "sideEffects": false }\n'],
    ['babel.config.js', 'export default { comments: false }\n'],
    ['.babelignore', 'src/shared/compare.ts\n'],
  ],
  kit: babelKit,
  packages: [
    {
      name: '@rollup/plugin-terser',
      file: 'dist/es/index.js',
      find: 'code: result.code || data.code',
      replace: (n) => `code: (result.code || data.code) + '/* ${n} */'`,
    },
    {
      name: '@babel/preset-typescript',
      file: 'package.json',
      find: '"version"',
      replace: (n) => `"soak": ${n}, "version"`,
    },
  ],
}

/** With esbuild, from `rollup.esbuild.config.js`. */
export const rollupEsbuild = {
  patches: [
    ['rollup.esbuild.config.js', 'export default {', optionsSource()],
    [
      'rollup.esbuild.config.js',
      'esbuild({ target,',
      'esbuild({ target, define: options.define, legalComments: options.legal,',
    ],
    [
      'rollup.esbuild.config.js',
      'minify({ target })',
      'minify({ target, charset: options.charset })',
    ],
  ],
  options: {
    define: [undefined, { soak: '1' }, { Math: 'globalThis.Math' }],
    legal: [undefined, 'none'],
    charset: [undefined, 'utf8'],
  },
  env: { PLAYGROUND_TARGET: [undefined, 'es2015', 'esnext'] },
  switches: [
    ...tsconfigSwitches,
    ['rollup.esbuild.config.js', 'plugins: [minify(', 'plugins: [env.SOAK !== "1" && minify('],
  ],
  appearing: [
    browserslists,
    [
      'src/tsconfig.json',
      '{ "compilerOptions": { "target": "es2016" } }\n',
      '{ "extends": "./base.json" }\n',
    ],
    [
      'src/base.json',
      '{ "compilerOptions": { "useDefineForClassFields": false } }\n',
      '{ "compilerOptions": { "verbatimModuleSyntax": true } }\n',
    ],
    ['src/shared/jsconfig.json', '{ "compilerOptions": { "jsx": "react" } }\n'],
    ['src/shared/tsconfig.json', '{ "compilerOptions": { "experimentalDecorators": true } }\n'],
  ],
  kit: undefined,
  packages: [
    {
      name: 'rollup-plugin-esbuild',
      file: 'dist/index.js',
      find: 'code: result.code,',
      replace: (n) => `code: result.code + ';globalThis.soak=${n};',`,
    },
  ],
}

/** Twelve builds in one process, from `rollup.array.config.js`. */
export const rollupArray = {
  ...rollupBabel,
  patches: [
    ['rollup.array.config.js', 'export default [', optionsSource('export default [')],
    [
      'rollup.array.config.js',
      'configFile: false,',
      "configFile: false, compact: options.compact, sourceMaps: options.maps, plugins: [['module:soak-kit', { from: 'array' }]],",
    ],
    ['rollup.array.config.js', 'passes: 2', 'passes: options.passes ?? 2'],
  ],
  switches: [
    ['rollup.array.config.js', "{ ie: '11' }", "{ ie: '10' }", "{ chrome: '50' }"],
    ['rollup.array.config.js', "{ from: 'array' }", "{ from: 'other' }"],
    [
      'rollup.array.config.js',
      'onlyRemoveTypeImports: true',
      'onlyRemoveTypeImports: false',
      'optimizeConstEnums: true',
    ],
  ],
}

function optionsSource(before = 'export default {') {
  return `import { readFileSync as readOptions } from 'node:fs'
const options = JSON.parse(readOptions('options.json', 'utf8'))

${before}`
}
