import { withoutQuery } from '../moduleId.ts'
import { type CachePolicy, hasLabel, replacements } from '../policy.ts'
import {
  babelSays,
  configFiles,
  env,
  nameForms,
  nearerConfigs,
  packages,
  toolFiles,
  toolsSay,
} from './babel.ts'

/** Up to version 5, and only with Babel plugins. Other plugins may add some (`api.reactBabel`). */
export const reactBabel: CachePolicy = {
  verdict: 'cache',
  plugin: 'vite:react-babel',
  hooks: ['transform'],
  packages: ['@vitejs/plugin-react', ...packages],
  checked: '@vitejs/plugin-react 5.2.0',
  why: 'a pure function of code and options; what Babel plugins read is seen',
  inputsSay: `${babelSays}, for the configs can be turned on`,
  state: 'none',
  paths: 'visible',
  env,
  nameForms,
  settingsOnly: true,
  configFiles,
  inputs: nearerConfigs,
}

/** Its own options win over the user's, so `configFile` and `babelrc` stay off. */
export const solid: CachePolicy = {
  verdict: 'cache',
  plugin: 'solid',
  hooks: ['transform'],
  packages: ['vite-plugin-solid', 'babel-preset-solid', ...packages],
  checked: 'vite-plugin-solid 2.11.14',
  why: 'a pure function of code and options: it turns config files off',
  inputsSay: toolsSay,
  state: 'none',
  paths: 'visible',
  blindTo: replacements,
  env,
  nameForms,
  settingsOnly: true,
  declinesById: true,
  // it is asked for every module, and answers for these and for `options.extensions`
  refuseCall: ({ id }, { options }) =>
    /\.[mc]?[tj]sx$/i.test(withoutQuery(id)) || hasLabel(options, 'extensions')
      ? undefined
      : 'no JSX',
  configFiles: toolFiles,
}

const preset = {
  verdict: 'cache',
  hooks: ['transform'],
  checked: '@preact/preset-vite 2.10.6',
  state: 'none',
  paths: 'visible',
  blindTo: replacements,
} as const

export const preactJsx: CachePolicy = {
  ...preset,
  plugin: 'vite:preact-jsx',
  packages: ['@preact/preset-vite', ...packages],
  why: 'a pure function of code and options',
  except: 'all, without the option `babel`: it does nothing then',
  refuseParts: ({ useBabel }) => (useBabel === false ? 'does nothing' : undefined),
  inputsSay: `${babelSays}, for the configs can be turned on`,
  env,
  nameForms,
  settingsOnly: true,
  declinesById: true,
  configFiles,
  inputs: nearerConfigs,
}

export const preactHookNames: CachePolicy = {
  ...preset,
  plugin: 'preact:transform-hook-names',
  packages: ['@preact/preset-vite'],
  why: 'a pure function of code and options',
  except: 'all, where Preact’s devtools are off: it does nothing then',
  refuseParts: ({ devToolsEnabled }) => (devToolsEnabled === false ? 'does nothing' : undefined),
  env: [],
}
