import { tsconfigSwitches, viteAppearing, viteEnv, viteOptions, vitePatches } from './common.mjs'

export const mdx = {
  patches: [
    ...vitePatches('src/main.tsx'),
    ['vite.config.js', 'remarkMeta,', 'remarkMeta, [kit.remark, options.kit],'],
    ['vite.config.js', 'mdx({', 'mdx({ development: options.development, format: options.format,'],
  ],
  options: {
    ...viteOptions,
    kit: [undefined, { loud: true }, { loud: false }],
    development: [undefined, true, false],
    format: [undefined, 'detect'],
  },
  env: {
    ...viteEnv,
    PLAYGROUND_CALLOUT: [undefined, 'Aside'],
    PLAYGROUND_SLUG_PREFIX: [undefined, 'a-', 'b-'],
  },
  switches: [
    ...tsconfigSwitches,
    ['vite.config.js', 'remarkGfm,', '[remarkGfm, { singleTilde: false }],', ''],
    ['remark/meta.js', "name: 'meta'", "name: 'meta', soak: 1", "name: 'metadata'"],
    ['remark/callouts.js', 'NOTE|TIP', 'NOTE', 'TIP|NOTE'],
    ['remark/callouts.js', '.toLowerCase()', '.toUpperCase()', ''],
  ],
  appearing: [
    ...viteAppearing,
    ['remark/late.js', 'export const late = 1\n'],
    ['src/pages/streaming.md', '# Markdown\n\ntext\n'],
    ['src/components/Example.js', 'export const Example = () => null\n'],
    ['src/components/Since/index.tsx', 'export const Since = () => null\n'],
  ],
  kit: `exports.remark = (options) => (tree) => {
  tree.children.push({ type: 'paragraph', children: [{ type: 'text', value: mark(options) }] })
}
`,
  packages: [
    {
      name: 'rehype-slug',
      file: 'lib/index.js',
      find: 'prefix + slugs.slug',
      replace: (n) => `prefix + 'v${n}-' + slugs.slug`,
    },
    {
      name: '@mdx-js/rollup',
      file: 'lib/index.js',
      find: 'String(compiled.value)',
      replace: (n) => `String(compiled.value) + '\\nglobalThis.soak = ${n}\\n'`,
    },
  ],
}
