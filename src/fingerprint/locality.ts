import { fileURLToPath } from 'node:url'

/**
 * The path of a file of an installed package, from the package's name on:
 * `vue/dist/vue.cjs.js`. `undefined` for local files. Node gives real paths,
 * so a linked package is local. What tools write into a dot folder of
 * `node_modules` (`.vite-temp` for the bundled config) is local too, but
 * pnpm's store ends in a second `node_modules`.
 */
export function packagePath(file: string): string | undefined {
  const at = file.replaceAll('\\', '/').lastIndexOf('/node_modules/')
  if (at < 0) return undefined
  const rest = file.slice(at + '/node_modules/'.length).replaceAll('\\', '/')
  return rest.startsWith('.') ? undefined : rest
}

/** The folder of the installed package that a file belongs to: `/app/node_modules/@vue/shared`. */
export function packageDir(file: string): string | undefined {
  const inside = packagePath(file)
  const name = inside && /^(?:@[^/]+\/)?[^/]+/.exec(inside)?.[0]
  return name && file.slice(0, file.length - inside.length + name.length)
}

/** Where our own code is: a library to its users, also when linked into a workspace. */
const ourselves = fileURLToPath(new URL('..', import.meta.url))

/** True for scripts of Node itself, of installed packages and of ours. A script without a name counts as local. */
export function isLibraryUrl(url: string): boolean {
  if (url.startsWith('node:')) return true
  const file = pathOf(url)
  return packagePath(file) !== undefined || file.startsWith(ourselves)
}

/** The path of a script: ES modules are named by URL, CommonJS files by path. */
export function pathOf(url: string): string {
  try {
    return url.startsWith('file:') ? fileURLToPath(url.replace(/[?#].*$/, '')) : url
  } catch {
    return url
  }
}
