import {
  postcssConfigs,
  postcssKit,
  tsconfigSwitches,
  viteAppearing,
  viteEnv,
  viteOptions,
  vitePatches,
} from './common.mjs'

export const svelte = {
  patches: [
    ...vitePatches('src/main.ts'),
    [
      'vite.config.js',
      'compilerOptions: {',
      'compilerOptions: { preserveComments: options.comments, runes: options.runes,',
    ],
    [
      'svelte.config.js',
      'preprocess: vitePreprocess()',
      'preprocess: [vitePreprocess(), kit.markup({ from: process.env.SOAK_KIT })]',
    ],
    ['svelte.config.js', 'export default', "import kit from 'soak-kit'\n\nexport default"],
  ],
  options: { ...viteOptions, comments: [undefined, true], runes: [undefined, true] },
  env: {
    ...viteEnv,
    PLAYGROUND_PRESERVE_WHITESPACE: [undefined, '1'],
    SOAK_KIT: [undefined, 'one', 'two'],
  },
  switches: [
    ...tsconfigSwitches,
    [
      'svelte.config.js',
      'vitePreprocess()',
      'vitePreprocess({ script: true })',
      'vitePreprocess({ style: { css: { preprocessorOptions: {} } } })',
    ],
    [
      'svelte.config.js',
      'export default {',
      "export default { compilerOptions: { css: 'injected' },",
      'export default { compilerOptions: { dev: true },',
    ],
    [
      'vite.config.js',
      'scale: 1.1',
      'scale: 1.5',
      "scale: 1.1, defaultClass: 'soak'",
      "scale: 1.1, defaultStyle: 'color: red'",
    ],
    ['src/styles/_tokens.scss', "'good': #", "'good': #00", "'good': #1"],
    [
      'src/components/NoteRow.svelte',
      'lucide/trash-2',
      'lucide/trash',
      'lucide/flag',
      'lucide/no-such-icon',
    ],
  ],
  appearing: [
    ...viteAppearing,
    postcssConfigs,
    ['src/components/_mixins.scss', '@mixin row { order: 1 }\n'],
    ['src/styles/_mixins.css', ':root { --soak: 1 }\n'],
    ['src/lib/format.svelte.ts', 'export const soak = $state(1)\n'],
  ],
  kit: `exports.markup = (options) => ({
  name: 'soak',
  markup: ({ content }) => ({ code: content.replace('</li>', '{' + JSON.stringify(mark(options)) + '}</li>') }),
})
${postcssKit}`,
  packages: [
    {
      name: '@sveltejs/vite-plugin-svelte',
      file: 'src/plugins/compile.js',
      find: '...compileData.compiled.js,',
      replace: (n) =>
        `...compileData.compiled.js, code: compileData.compiled.js.code + '\\nglobalThis.soak = ${n}\\n',`,
    },
    {
      name: 'unplugin-icons',
      file: 'package.json',
      find: '"version"',
      replace: (n) => `"soak": ${n}, "version"`,
    },
  ],
}
