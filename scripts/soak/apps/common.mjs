/** What every Vite app gets in its config and its code. */
export function vitePatches(entry) {
  return [
    [
      'vite.config.js',
      'export default defineConfig({',
      `import { readFileSync as readOptions } from 'node:fs'
import kit from 'soak-kit'
const options = JSON.parse(readOptions('options.json', 'utf8'))

export default defineConfig({
  define: { __SOAK__: JSON.stringify(options.define ?? 'none'), ...(env.SOAK_DEFINE && { __OTHER__: env.SOAK_DEFINE }) },`,
    ],
    ['vite.config.js', 'build: {', 'build: { target: options.target, minify: options.minify, '],
    [entry, /$/, '\nconsole.info(import.meta.env.VITE_SOAK, import.meta.env.MODE, __SOAK__)\n'],
  ]
}

export const viteOptions = {
  define: [undefined, 'one', 'two'],
  target: [undefined, 'es2020', 'esnext', ['chrome80', 'safari14']],
  minify: [undefined, false],
}

export const viteEnv = {
  SOAK_DEFINE: [undefined, '1', '2'],
  SOAK_MODE: [undefined, 'staging'],
}

export const viteAppearing = [
  ['.env', 'VITE_SOAK=file\n', 'VITE_SOAK=other\nVITE_MORE=1\n'],
  ['.env.staging', 'VITE_SOAK=staging\n'],
  ['.env.local', 'NODE_ENV=development\n', 'VITE_SOAK=local\n'],
  ['.browserslistrc', 'chrome 60\n', 'chrome 120\n', 'safari 11\n'],
  [
    'src/tsconfig.json',
    '{ "compilerOptions": { "target": "es2018", "useDefineForClassFields": false } }\n',
    '{ "compilerOptions": { "jsx": "react" } }\n',
    '{ "extends": "../tsconfig.json" }\n',
  ],
]

export const tsconfigSwitches = [
  ['tsconfig.json', '"target": "ES2022"', '"target": "ES2019"', '"target": "ESNext"'],
  [
    'tsconfig.json',
    '"verbatimModuleSyntax": true',
    '"verbatimModuleSyntax": false',
    '"verbatimModuleSyntax": false, "experimentalDecorators": true, "useDefineForClassFields": false',
  ],
  [
    'tsconfig.json',
    '"strict": true',
    '"strict": false',
    '"strict": true, "alwaysStrict": false',
    '"strict": true,, ',
  ],
]

export const postcssConfigs = [
  'postcss.config.js',
  `import kit from 'soak-kit'\nexport default { plugins: [kit.postcss({ from: 'config' })] }\n`,
  `import kit from 'soak-kit'\nexport default { plugins: [kit.postcss({ from: 'other config' })] }\n`,
]

/** For the tool package of an app: CommonJS, with `mark(options)` at hand. */
export const postcssKit = `exports.postcss = (options) => ({
  postcssPlugin: 'soak',
  OnceExit(root, { Rule, Declaration }) {
    // PostCSS warns of nodes without a source
    const { source } = root
    const rule = new Rule({ selector: '.soak-kit', source })
    rule.append(new Declaration({ prop: 'content', value: JSON.stringify(mark(options)), source }))
    root.append(rule)
  },
})
`

export const babelKit = `module.exports = function soak({ types: t }, options) {
  return { visitor: { Program(path) {
    const soak = t.memberExpression(t.identifier('globalThis'), t.identifier('soakBabel'))
    path.node.body.push(t.expressionStatement(t.assignmentExpression('=', soak, t.stringLiteral(mark(options)))))
  } } }
}
`
