/**
 * Packages in the app's own node_modules: a plugin with a package below one of
 * its packages, and a library that the app bundles.
 */
export const fixturePackages: Readonly<Record<string, string>> = {
  ...fixturePlugin({ own: '1.0.0', deep: '1.0.0' }),
  ...fixtureLibrary('1.0.0', 'library'),
}

/** Each version prints another text: one that a build missed would show in its output. */
export function fixturePlugin({
  own,
  deep,
}: {
  own: string
  deep: string
}): Record<string, string> {
  const dir = 'node_modules/fixture-plugin'
  const middle = `${dir}/node_modules/fixture-middle`
  const below = `${middle}/node_modules/fixture-deep`
  return {
    [`${dir}/package.json`]: manifest('fixture-plugin', own, { 'fixture-middle': '1' }),
    [`${dir}/index.js`]: `
import { deep } from 'fixture-middle'
export default () => ({
  name: 'own-fixture',
  transform: {
    filter: { id: /fixture-\\w\\.js$/ },
    handler: (code) => ({ code: code + 'console.log("${own}", "' + deep + '")', map: null }),
  },
})
`,
    [`${middle}/package.json`]: manifest('fixture-middle', '1.0.0', { 'fixture-deep': '1' }),
    [`${middle}/index.js`]: `export { deep } from 'fixture-deep'\n`,
    [`${below}/package.json`]: manifest('fixture-deep', deep, {}),
    [`${below}/index.js`]: `export const deep = '${deep}'\n`,
  }
}

export function fixtureLibrary(version: string, says: string): Record<string, string> {
  return {
    'node_modules/fixture-library/package.json': manifest('fixture-library', version, {}),
    'node_modules/fixture-library/index.js': `console.log('${says}')\n`,
  }
}

function manifest(name: string, version: string, dependencies: Record<string, string>): string {
  return JSON.stringify({ name, version, type: 'module', exports: './index.js', dependencies })
}
