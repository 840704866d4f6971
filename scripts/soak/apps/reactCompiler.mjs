import {
  babelKit,
  tsconfigSwitches,
  viteAppearing,
  viteEnv,
  viteOptions,
  vitePatches,
} from './common.mjs'

export const reactCompiler = {
  patches: [
    ...vitePatches('src/main.tsx'),
    ['vite.config.js', 'presets: [', 'plugins: [[kit, options.kit ?? {}]], presets: ['],
    ['vite.config.js', 'icon: true', 'icon: options.icon ?? true'],
  ],
  options: {
    ...viteOptions,
    kit: [undefined, { loud: true }, { loud: false }],
    icon: [undefined, false, '2em'],
  },
  env: { ...viteEnv, PLAYGROUND_COMPILATION_MODE: [undefined, 'annotation', 'all'] },
  switches: [
    ...tsconfigSwitches,
    ['vite.config.js', 'titleProp: true', 'titleProp: false', 'titleProp: true, dimensions: false'],
    [
      'vite.config.js',
      'react()',
      "react({ jsxImportSource: 'react' })",
      "react({ jsxRuntime: 'classic' })",
    ],
    [
      'vite.config.js',
      '[[kit, options.kit ?? {}]]',
      "[['module:soak-kit', options.kit ?? {}]]",
      '[]',
    ],
  ],
  appearing: [
    ...viteAppearing,
    ['.babelrc', '{ "comments": false }\n'],
    ['babel.config.json', '{ "comments": false }\n'],
    ['.svgrrc', 'dimensions: false\n', 'svgProps:\n  soak: "1"\n'],
    ['src/icons/.svgrrc.json', '{ "svgProps": { "soak": "2" } }\n'],
    ['.prettierrc', '{ "semi": false }\n'],
    ['.editorconfig', 'root = true\n[*]\nindent_style = tab\n'],
  ],
  kit: babelKit,
  packages: [
    {
      name: '@rolldown/plugin-babel',
      file: 'dist/transform.mjs',
      find: 'code: result.code ?? void 0',
      replace: (n) => `code: (result.code ?? '') + '\\nglobalThis.soak = ${n}\\n'`,
    },
    {
      name: 'vite-plugin-svgr',
      file: 'dist/index.js',
      find: 'svgrTransform(svgCode,',
      replace: (n) => `svgrTransform(svgCode.replace('<svg', '<svg data-soak="${n}"'),`,
    },
  ],
}
