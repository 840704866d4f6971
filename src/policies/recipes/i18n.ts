import { type CachePolicy, hasLabel, replacements } from '../policy.ts'

/**
 * `transform` compiles messages of locale files and `<i18n>` blocks. Not `load`:
 * it bundles all files of the globs in `include`, and its glob took the functions
 * of `fs` when it was loaded (@nodelib/fs.scandir 2.1.5), so that nobody sees
 * which folders it lists.
 */
export const vueI18n: CachePolicy = {
  verdict: 'cache',
  plugin: 'unplugin-vue-i18n:resource',
  hooks: ['transform'],
  packages: ['@intlify/unplugin-vue-i18n', 'vue-i18n', 'typescript'],
  checked: '@intlify/unplugin-vue-i18n 11.1.2',
  why: 'a pure function of the messages and the options',
  except:
    'the bundle of all locale files (`@intlify/unplugin-vue-i18n/messages`); all, with `treeShaking`, which collects used keys from the whole project',
  state: 'none',
  paths: 'visible',
  blindTo: replacements,
  declinesById: true,
  env: [],
  refuseParts: (parts) => (hasLabel(parts, 'collector') ? 'tree shaking' : undefined),
}
