import {
  postcssConfigs,
  postcssKit,
  tsconfigSwitches,
  viteAppearing,
  viteEnv,
  viteOptions,
  vitePatches,
} from './common.mjs'

export const vue = {
  patches: [
    ...vitePatches('src/main.ts'),
    [
      'vite.config.js',
      "|| 'condense' }",
      "|| 'condense', comments: options.comments, nodeTransforms: [kit.transform(options.kit)] }",
    ],
    [
      'vite.config.js',
      'script: { fs }',
      'script: { fs }, features: { optionsAPI: options.optionsApi }',
    ],
    [
      'vite.config.js',
      'build: {',
      `css: { preprocessorOptions: { scss: { additionalData: env.SOAK_SCSS } } },
  build: {`,
    ],
    // TypeScript's transform reads the nearest tsconfig.json
    ['src/App.vue', '<script setup lang="ts">', '<script setup lang="ts">\nimport "./soakClass"'],
  ],
  files: {
    'src/soakClass.ts': `class Soak { value = 1; declare other: string }\nexport enum Kind { one = 1, two }\nconsole.info(new Soak(), Kind.two)\n`,
  },
  options: {
    ...viteOptions,
    comments: [undefined, true, false],
    optionsApi: [undefined, false],
    kit: [undefined, { loud: true }, { loud: false, deep: { list: [1, 2] } }],
  },
  env: {
    ...viteEnv,
    PLAYGROUND_WHITESPACE: [undefined, 'preserve'],
    SOAK_SCSS: [undefined, '$soak: 1;\n', '.soak-data { order: 1 }\n'],
  },
  switches: [
    ...tsconfigSwitches,
    [
      'src/types/base.ts',
      'dense?: boolean',
      'dense?: string',
      'dense: boolean',
      'dense?: boolean | string\n  wide?: boolean',
    ],
    ['src/types/base.ts', 'title: string', 'title: string | number', 'title?: string'],
    [
      'src/types/order.ts',
      'selectedId?: string | null',
      'selectedId?: number',
      'selectedId: string[]',
    ],
    ['src/styles/_tokens.scss', '0.25rem', '0.3rem', '4px'],
    ['src/styles/_tokens.scss', "'md': 8px", "'md': 9px", "'md': 10px,\n  'xl': 20px"],
    [
      'src/components/EmptyState.html',
      'class="empty"',
      'class="empty soak"',
      'class="empty" data-soak="1"',
    ],
    ['src/components/OrderList.css', 'display: grid', 'display: flex', 'display: block'],
    ['src/components/OrderList.vue', './OrderList.css', './OtherList.css'],
    ['vite.config.js', 'vueJsx()', 'vueJsx({ optimize: true })', 'vueJsx({ transformOn: true })'],
    ['vite.config.js', 'vue({', 'vue({ isProduction: false,', 'vue({ customElement: /Badge/,'],
  ],
  appearing: [
    ...viteAppearing,
    postcssConfigs,
    ['src/components/OtherList.css', '.orders { color: red }\n', '.orders { color: blue }\n'],
    ['src/styles/_tokens.css', ':root { --soak: 1 }\n'],
    ['src/styles/tokens/_index.scss', '$line: #000;\n'],
    ['src/components/_mixins.scss', '@mixin card { order: 1 }\n'],
    ['src/types/base.d.ts', 'export interface PanelProps { title: boolean; soak?: string }\n'],
    ['src/types/order/index.ts', 'export interface OrderListProps { orders: string[] }\n'],
    ['src/types/base.tsx', 'export interface PanelProps { title: number; soaked?: string }\n'],
  ],
  kit: `exports.transform = (options) => (node) => {
  if (node.type === 2 && node.content.trim() && !node.content.includes('kit ')) node.content += ' ' + mark(options)
}
${postcssKit}`,
  packages: [
    {
      name: '@vitejs/plugin-vue',
      file: 'dist/index.mjs',
      find: '_export_sfc(_sfc_main, [$',
      replace: (n) => `_export_sfc(_sfc_main, [['__soak',${n}],$`,
    },
    {
      name: '@vitejs/plugin-vue-jsx',
      file: 'dist/index.mjs',
      find: 'code: result.code',
      replace: (n) => `code: result.code + '\\nglobalThis.soakJsx = ${n}\\n'`,
    },
  ],
}
