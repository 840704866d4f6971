// One build by webpack or Rspack of the React or Vue playground, as their users would configure it.
//
//   node scripts/bench/peers/bundle.mjs webpack|rspack react-compiler|vue <app> <out> none|own|babel <cache folder>
import { createRequire } from 'node:module'
import path from 'node:path'

const { resolve } = createRequire(import.meta.url)
const [tool, app, dir, out, caching, cacheDir] = process.argv.slice(2)
const { default: bundler } = await import(tool === 'webpack' ? 'webpack' : '@rspack/core')
const isVue = app === 'vue'

const babel = (plugins, presets = []) => ({
  loader: resolve('babel-loader'),
  options: {
    babelrc: false,
    configFile: false,
    plugins,
    presets: [
      ...presets,
      [resolve('@babel/preset-typescript'), { allExtensions: true, isTSX: false }],
    ],
    cacheDirectory: caching === 'babel' && path.join(cacheDir, 'babel'),
    cacheCompression: false,
  },
})

const react = [
  {
    test: /\.tsx?$/,
    use: {
      ...babel(),
      options: {
        ...babel().options,
        plugins: [resolve('babel-plugin-react-compiler')],
        presets: [
          [resolve('@babel/preset-react'), { runtime: 'automatic' }],
          resolve('@babel/preset-typescript'),
        ],
      },
    },
  },
  { test: /\.svg$/, resourceQuery: /react/, use: resolve('@svgr/webpack') },
]

const vueLoader = resolve(tool === 'webpack' ? 'vue-loader' : 'rspack-vue-loader')
const vue = [
  { test: /\.vue$/, loader: vueLoader, options: { experimentalInlineMatchResource: true } },
  tool === 'webpack'
    ? { test: /\.ts$/, use: babel([]) }
    : {
        test: /\.ts$/,
        loader: 'builtin:swc-loader',
        options: { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } },
        type: 'javascript/auto',
      },
  {
    test: /\.tsx$/,
    use: {
      ...babel(),
      options: {
        ...babel().options,
        plugins: [resolve('@vue/babel-plugin-jsx')],
        presets: [resolve('@babel/preset-typescript')],
      },
    },
  },
  {
    test: /\.scss$/,
    loader: resolve('sass-loader'),
    options: { implementation: resolve('sass') },
    type: 'css/auto',
  },
]

async function plugins() {
  if (!isVue) return []
  const loaded = await import(vueLoader)
  const { VueLoaderPlugin } = loaded.default ?? loaded
  return [
    new VueLoaderPlugin(),
    new bundler.DefinePlugin({
      __VUE_OPTIONS_API__: 'true',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    }),
  ]
}

function cache() {
  if (caching !== 'own') return false
  if (tool === 'webpack') return { type: 'filesystem', cacheDirectory: path.join(cacheDir, 'own') }
  const storage = { type: 'filesystem', directory: path.join(cacheDir, 'own') }
  return { type: 'persistent', storage }
}

const compiler = bundler({
  mode: 'production',
  context: dir,
  entry: path.join(dir, isVue ? 'src/main.ts' : 'src/main.tsx'),
  output: { path: out, clean: true },
  devtool: false,
  cache: cache(),
  resolve: { extensions: ['.tsx', '.ts', '.js', '.json'] },
  performance: false,
  ...(tool === 'webpack' && { experiments: { css: true } }),
  module: {
    parser: { 'css/auto': { namedExports: false }, 'css/module': { namedExports: false } },
    rules: [...(isVue ? vue : react), { test: /\.css$/, type: 'css/auto' }],
  },
  plugins: await plugins(),
})
const stats = await new Promise((done, fail) => {
  compiler.run((error, result) => (error ? fail(error) : done(result)))
})
await new Promise((done) => compiler.close(done))
if (stats.hasErrors()) {
  console.error(stats.toString({ all: false, errors: true }).slice(0, 4000))
  process.exitCode = 1
}
