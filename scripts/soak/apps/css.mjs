import { postcssKit, viteAppearing, viteEnv, viteOptions, vitePatches } from './common.mjs'

const sass =
  '@use "sass:map";\n@use "../sass-library/tokens" as base;\n@forward "../sass-library/tokens";\n'

export const css = {
  patches: [
    ...vitePatches('src/pages/index.js'),
    ['vite.config.js', "'panel-radius': '8px'", "'panel-radius': options.radius ?? '8px'"],
    [
      'postcss.config.js',
      'postcssNesting()',
      'postcssNesting(), kit.postcss({ from: process.env.SOAK_KIT })',
    ],
    ['postcss.config.js', 'export default', "import kit from 'soak-kit'\n\nexport default"],
  ],
  // styles with assets are never stored: most of the generated ones do without
  plainer: {
    files: /^src\/catalogue\/.*[a-s]\.(?:scss|less|css)$|main\.scss$/,
    drop: /^ *background: url\(.*\n/gm,
  },
  options: { ...viteOptions, radius: [undefined, '1px', '2px'] },
  env: {
    ...viteEnv,
    PLAYGROUND_ACCENT: [undefined, '#b04a2f', '#123456'],
    SOAK_KIT: [undefined, 'one', 'two'],
  },
  switches: [
    [
      'vite.config.js',
      'assetsInlineLimit: 2048',
      'assetsInlineLimit: 0',
      'assetsInlineLimit: 100000',
    ],
    [
      'vite.config.js',
      'css: {',
      "css: { transformer: 'lightningcss',",
      'css: { devSourcemap: true,',
      "css: { modules: { generateScopedName: 'soak-[local]' },",
    ],
    [
      'vite.config.js',
      "'src/sass-library')]",
      "'src/other-library'), join(root, 'src/sass-library')]",
    ],
    [
      'postcss.config.js',
      'autoprefixer()',
      "autoprefixer({ grid: 'autoplace' })",
      'autoprefixer({ overrideBrowserslist: "chrome 50" })',
    ],
    ['postcss.config.js', 'postcssImport()', 'postcssImport({ skipDuplicates: false })'],
    ['.browserslistrc', 'safari >= 14', 'safari >= 9', 'safari >= 17'],
    ['src/sass-library/_tokens.scss', '$line: #d9d6e0', '$line: #111111', '$line: #222222'],
    ['src/sass-library/_mixins.scss', 'max-width: 40rem', 'max-width: 50rem'],
    ['src/less/variables.less', '@gap: 0.75rem', '@gap: 1rem', '@gap: 2px'],
    ['src/css/critical.css', 'position: sticky', 'position: fixed', 'position: absolute'],
    ['src/pages/index.js', 'critical.css?inline', 'critical.css?raw', 'critical.css?url'],
    ['src/css/table.module.css', 'composes: base;', "composes: soaked from './soaked.module.css';"],
  ],
  appearing: [
    ...viteAppearing,
    ['src/scss/_tokens.scss', sass, `${sass}.soak { order: 1 }\n`],
    ['src/scss/_mixins.scss', '@forward "../sass-library/mixins";\n.soak-mixins { order: 2 }\n'],
    ['src/scss/button.scss', '.other { order: 3 }\n'],
    ['src/scss/button/_index.scss', '.other { order: 4 }\n'],
    ['src/scss/swatch.css', '.css-swatch { order: 5 }\n'],
    ['src/other-library/_tokens.scss', sass],
    ['src/less/variables', '@gap: 9px;\n'],
    ['src/less/variables.less.less', '@gap: 9px;\n'],
    ['src/css/reset', 'body { margin: 7px }\n'],
    ['src/css/soaked.module.css', '.soaked { order: 6 }\n', '.soaked { order: 7 }\n'],
    ['src/postcss.config.js', 'export default { plugins: [] }\n'],
    ['.postcssrc.json', '{ "plugins": {} }\n'],
    ['browserslist', 'chrome 50\n'],
  ],
  kit: postcssKit,
  packages: [
    {
      name: 'postcss-import',
      file: 'index.js',
      find: 'postcssPlugin: "postcss-import",',
      replace: (n) =>
        `postcssPlugin: "postcss-import", OnceExit(root, { Rule, Declaration }) { const { source } = root; const rule = new Rule({ selector: '.soak-import', source }); rule.append(new Declaration({ prop: 'order', value: '${n}', source })); root.append(rule) },`,
    },
    {
      name: 'less',
      file: 'package.json',
      find: '"version"',
      replace: (n) => `"soak": ${n}, "version"`,
    },
  ],
}
