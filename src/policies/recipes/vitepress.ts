import {
  type CachePolicy,
  type PolicyCall,
  replacements,
  type See,
  type Witness,
} from '../policy.ts'
import { capturedWith } from './captured.ts'
import { highlighterOf, watchTimeLimit } from './shiki.ts'

// Facts from vitepress 2.0.0-alpha.20, src/node/plugin.ts, markdownToVue.ts, localSearchPlugin.ts.

/** What both plugins read of the site's config. */
interface SiteConfig {
  readonly vite?: object
  readonly userConfig?: { readonly vite?: object }
  readonly markdown?: {
    readonly highlight?: unknown
    readonly codeTransformers?: readonly ({ readonly name?: string } | undefined)[]
  }
  readonly mpa?: boolean
  readonly lastUpdated?: boolean
  readonly transformPageData?: unknown
  readonly dynamicRoutes?: readonly { readonly fullPath: string }[]
}

/**
 * Markdown pages, with highlighting. A page's transform leaves behind its dead
 * links (for `renderStart`, which fails the build), when it was updated (for the
 * sitemap) and, in a site without scripts (`mpa`), its client script. Which pages
 * there are decides what a dead link is, and is among the options. Files that it
 * includes are named by `addWatchFile`, in each call. The client's pages are kept
 * for the server's build, which then looks at nothing.
 */
export const vitepress: CachePolicy = {
  verdict: 'cache',
  plugin: 'vitepress',
  why: 'what outlasts a page is known, looked at in the running plugin’s variables, and put there again by a replay: a page with dead links is not stored, when it was committed is part of its key, when it was updated is noted for the sitemap',
  except:
    "dynamic routes; sites with `mpa`; sites with `transformPageData`, which may collect what it sees (if yours does not: `include: ['vitepress']`); a page with a line on which Shiki ran out of time",
  notInDev: 'what it keeps of pages was read for builds only',
  hooks: ['transform'],
  packages: ['vitepress', 'shiki'],
  checked: 'vitepress 2.0.0-alpha.20',
  state: 'none',
  paths: 'visible',
  blindTo: replacements,
  // of a page that was never committed it asks each time; `witness` has the answer in the key
  processes: ['git'],
  lookScope: () => 'chain',
  refuseCall: ({ id }) => (id.endsWith('.md') ? undefined : 'no page'),
  witness: ({ see, hook, vouched }) =>
    witnessPages(see, capturedWith('markdownToVue', hook, see), vouched),
}

function witnessPages(
  see: See,
  captured: Readonly<Record<string, unknown>>,
  vouched: boolean,
): Witness | string {
  const { markdownToVue, allDeadLinks, siteConfig } = captured
  const site = siteConfig as SiteConfig | undefined
  const { md, getGitTimestamp } = see(markdownToVue)
  const table = captured['pageMetaMap']
  if (!site || !isRecord(md) || !Array.isArray(allDeadLinks) || !isRecord(table)) return stranger
  if (hasTwoslash(site)) return twoslash
  if (site.mpa) return 'collects the client scripts of pages (mpa)'
  if (site.transformPageData && !vouched) {
    return "transformPageData may collect what it sees; if it does not: include: ['vitepress']"
  }
  if (site.lastUpdated && typeof getGitTimestamp !== 'function') return stranger
  const watch = watchOf(see, md, site)
  if (!watch) return stranger

  const routes = new Set(site.dynamicRoutes?.map(({ fullPath }) => fullPath))
  const collected = ['allDeadLinks', 'pageMetaMap', 'pageToHashMap', 'clientJSMap', 'importerMap']
  return {
    ...unsaid(site, md),
    opaque: new Map([
      ...unsaid(site, md).opaque,
      ...collected.flatMap((name) => labelled(captured[name], name)),
    ]),
    // their params and content are those of a loader, which may have a transformPageData of its own
    refuses: ({ id }) => (routes.has(id) ? 'dynamic route' : undefined),
    ...(site.lastUpdated && {
      parts: async ({ id }: PolicyCall) => ({ updated: await (getGitTimestamp as Ask)(id) }),
    }),
    watch(call) {
      const end = watch(call.id)
      return (code) => {
        const data = pageData(code)
        if (allDeadLinks.length > 0) return 'dead links'
        const same = data && table[data.relativePath]?.lastUpdated === data.lastUpdated
        return same ? end() : 'page data that is not in the code'
      }
    },
    replay(code) {
      const data = pageData(code)
      if (!data) return false
      table[data.relativePath] = { lastUpdated: data.lastUpdated }
      return true
    },
  }
}

type Ask = (file: string) => Promise<number>

/**
 * The index of all pages, made by the first of its `load` calls, for each locale
 * given out by another: what they answer is one state. They read all pages, whose
 * list is among the options.
 */
export const vitepressSearch: CachePolicy = {
  verdict: 'cache',
  plugin: 'vitepress:local-search',
  why: 'the index of all pages, whose list is among the options; what it reads is seen',
  notInDev: 'what it keeps of pages was read for builds only',
  hooks: ['load'],
  packages: ['vitepress', 'shiki'],
  checked: 'vitepress 2.0.0-alpha.20',
  state: 'file',
  stateOf: () => '/@localSearchIndex',
  paths: 'visible',
  blindTo: replacements,
  witness({ see, hook }) {
    const captured = capturedWith('indexByLocales', hook, see)
    const site = captured['siteConfig'] as SiteConfig | undefined
    // `render` holds it where the handler's own scope does not
    const md = captured['md'] ?? see(captured['render'])['md']
    // without search the plugin is another one, which answers with an empty index
    if (!site || !isRecord(md)) return stranger
    if (hasTwoslash(site)) return twoslash
    const watch = watchOf(see, md, site)
    return watch ? { ...unsaid(site, md), watch: ({ id }) => watch(id) } : stranger
  },
}

/** Its compiler is in the closures of the options, too much to read; and it sees files in ways of its own. */
function hasTwoslash({ markdown }: SiteConfig): boolean {
  return markdown?.codeTransformers?.some((each) => each?.name?.includes('twoslash')) ?? false
}

const twoslash = 'Twoslash keeps a TypeScript program for all pages'

const stranger = 'not as in the versions that are known'

/** The renderer is made from the options; the rest is where output goes, other plugins, and what a run changes. */
function unsaid(site: SiteConfig, md: object): Pick<Witness, 'opaque' | 'leftOut'> {
  return {
    opaque: new Map([
      ...labelled(md, 'markdown renderer'),
      ...labelled(site.vite, 'vite config'),
      ...labelled(site.userConfig?.vite, 'vite config'),
    ]),
    leftOut: [
      '__dirty',
      'outDir',
      'cacheDir',
      'tempDir',
      'userConfig.outDir',
      'userConfig.cacheDir',
    ]
      .map((name) => `siteConfig.${name}`)
      // files to restart the dev server for; their order differs when locales have configs of their own
      .concat('configDeps', 'siteConfig.configDeps'),
  }
}

function watchOf(
  see: See,
  md: object,
  { markdown }: SiteConfig,
): ((id: string) => () => string | undefined) | undefined {
  // the user's own has no limit that is known
  if (markdown?.highlight) return () => () => undefined
  const highlighter = highlighterOf(see, md)
  return highlighter && watchTimeLimit(highlighter)
}

/** What the page's script says of it: markdownToVue puts it there, the last thing it does. */
function pageData(
  code: string,
): { readonly relativePath: string; readonly lastUpdated?: number } | undefined {
  const [, text] =
    /^export const __pageData = JSON\.parse\((".*")\)(?:<\/script>)?$/m.exec(code) ?? []
  try {
    return text === undefined ? undefined : JSON.parse(JSON.parse(text) as string)
  } catch {
    return undefined
  }
}

function labelled(value: unknown, label: string): [object, string][] {
  return typeof value === 'object' && value !== null ? [[value, `<${label}>`]] : []
}

function isRecord(value: unknown): value is Record<string, any> {
  return typeof value === 'object' && value !== null
}
