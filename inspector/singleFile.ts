import { createHash } from 'node:crypto'
import type { Plugin } from 'vite'

/**
 * Puts the script and the styles into the page, and a policy that lets no other
 * script run: what a report shows (code, file names) is not ours.
 */
export function singleFile(): Plugin {
  return {
    name: 'inspector:single-file',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      let script = ''
      let styles = ''
      for (const [name, file] of Object.entries(bundle)) {
        if (file.type === 'chunk') script += file.code
        else if (name.endsWith('.css')) styles += String(file.source)
        else continue
        delete bundle[name]
      }
      const page = bundle['index.html']
      if (page?.type !== 'asset') throw new Error('Vite wrote no index.html')
      // as functions: code is full of `$&`
      const inline = escaped(script.trim())
      page.source = String(page.source)
        .replace(/\s*<script type="module"[^>]*><\/script>/, '')
        .replace(/\s*<link rel="stylesheet"[^>]*>/, '')
        .replace('<meta charset="utf-8" />', (meta) => `${meta}\n    ${policy(inline, styles)}`)
        .replace('</head>', () => `  <style>${styles}</style>\n  </head>`)
        .replace('</body>', () => `  <script type="module">${inline}</script>\n  </body>`)
    },
  }
}

/** The report that is written as a file replaces `connect-src`: see src/report/page. */
function policy(script: string, styles: string): string {
  const rules = [
    `default-src 'none'`,
    `script-src '${digest(script)}'`,
    `style-src '${digest(styles)}'`,
    `img-src data:`,
    `connect-src 'self'`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ]
  return `<meta http-equiv="Content-Security-Policy" content="${rules.join('; ')}" />`
}

function digest(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}

/** Only texts and templates can hold this, where the escape means the same. */
function escaped(script: string): string {
  return script.replaceAll('</script', String.raw`<\/script`)
}
