import type { Host } from '../../../scripts/lib/hosts.mjs'

/** An app, and what somebody does to it while its dev server runs. */
export interface App {
  readonly name: string
  /** Where it runs, with the files that differ there. */
  readonly hosts: Partial<Readonly<Record<Host, Files>>>
  readonly files: Files
  /** Plugins without a policy that its config includes. */
  readonly included?: readonly string[]
  /** Calls that run in every session, for no replay can repeat what they do. */
  readonly refused: readonly string[]
  /** What the page shows at first. */
  readonly shows: string
  readonly edits: readonly Edit[]
}

/** Content by path in the app. */
export type Files = Readonly<Record<string, string>>

export interface Edit {
  readonly what: string
  readonly file: string
  /** The new content; `null` removes the file. A pair is a text to be replaced, and by what. */
  readonly to: string | null | readonly [from: string, to: string]
  /** A text that the page shows when the edit has arrived, and did not show before. */
  readonly shows?: string
  /** The same of a text that goes. */
  readonly hides?: string
  /** For an edit that changes nothing on the page: the module that is asked for again. */
  readonly fetches?: string
}

/**
 * A config with us, or in our place a plugin that does nothing: Vite's optimizer
 * hashes the names of plugins, and `?v=` of dependencies would differ.
 */
export function config(
  imports: string,
  plugins: string,
  dependencies: readonly string[],
  options = '',
): string {
  return `import { env } from 'node:process'
import remember from 'vite-plugin-remember'
${imports}
export default {
  plugins: [
    env.DEV_PLAIN === '1' ? { name: 'vite-plugin-remember' } : remember(${options}),
    ${plugins}
  ],
  optimizeDeps: { include: ${JSON.stringify(dependencies)} },
}
`
}

export function page(script: string): string {
  return `<!doctype html>
<html>
  <head><link rel="icon" href="data:," /></head>
  <body>
    <div id="app"></div>
    <script type="module" src="${script}"></script>
  </body>
</html>
`
}
