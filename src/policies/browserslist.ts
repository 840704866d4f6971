/** What browserslist's `node.js` reads of the environment. */
export const browserslistEnv: readonly string[] = [
  'BROWSERSLIST',
  'BROWSERSLIST_CONFIG',
  'BROWSERSLIST_ENV',
]
