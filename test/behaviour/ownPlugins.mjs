// Plugins of an app's own, which its config imports, and a PostCSS and a remark
// plugin beside them. All do little; what matters is what their output depends on.
import fs from 'node:fs'
import path from 'node:path'

/** With a filter, so that only modules that are theirs are calls of them. */
const only = (name, include, handler) => ({
  name,
  transform: { filter: { id: include }, handler },
})

const comes = (code, text) => ({ code: `${code}\nconsole.log(${JSON.stringify(text)})`, map: null })

/** Depends on its options. */
export function banner(options) {
  return only('own-banner', /banner-\w\.js$/, (code) => comes(code, options.text))
}

/** Depends on an environment variable that its hook reads. */
export function reader() {
  return only('own-reader', /env\.js$/, (code) => comes(code, process.env.APP_COLOUR ?? 'none'))
}

/** Depends on a file that it names by `addWatchFile`, and gets from elsewhere. */
export function watcher() {
  return only('own-watcher', /watch-\w\.js$/, function (code, id) {
    if (id.endsWith('watch-a.js')) this.addWatchFile(path.resolve('data/watched.txt'))
    return comes(code, path.basename(id))
  })
}

/** PostCSS: a sheet with `@include-text <name>` depends on data/<name>.txt, one with `@count-files` on a folder. */
export function postcssOwn({ prefix = '' } = {}) {
  return {
    postcssPlugin: 'own',
    AtRule(rule, { result }) {
      const from = { plugin: 'own', parent: result.opts.from }
      if (rule.name === 'include-text') {
        const file = path.resolve(`data/${rule.params}.txt`)
        result.messages.push({ type: 'dependency', file, ...from })
        const content = fs.readFileSync(file, 'utf8').trim()
        // without a source Vite warns, and what warns is not stored
        rule.replaceWith({ prop: '--text', value: `"${prefix}${content}"`, source: rule.source })
      }
      if (rule.name === 'count-files') {
        const dir = path.resolve('data/counted')
        result.messages.push({ type: 'dir-dependency', dir, glob: '**/*.txt', ...from })
        const value = String(fs.readdirSync(dir).length)
        rule.replaceWith({ prop: '--count', value, source: rule.source })
      }
    },
  }
}
postcssOwn.postcss = true

/** remark: puts a file's content at the end of pages that speak of "since". */
export function remarkSince() {
  return (tree, file) => {
    if (!String(file).includes('since')) return
    const value = fs.readFileSync(path.resolve('data/since.txt'), 'utf8').trim()
    tree.children.push({ type: 'paragraph', children: [{ type: 'text', value }] })
  }
}
