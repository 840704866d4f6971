import { config, page, type App } from './app.ts'

function svg(fill: string): string {
  // too long to be inlined
  return `<svg xmlns="http://www.w3.org/2000/svg"><!--${'-'.repeat(5000).replaceAll('-', ' ')}--><rect fill="${fill}"/></svg>\n`
}

export const cssApp: App = {
  name: 'css',
  hosts: { 'vite-8': {}, 'vite-7': {} },
  files: {
    'vite.config.js': config('', '', []),
    'index.html': page('/src/main.js'),
    'src/main.js': `import './plain.css'
import './sheet.scss'
import './with-asset.css'
import text from './inline.css?inline'
import names from './names.module.css'

let count = 0
document.getElementById('app').innerHTML = \`
  <button id="count">count 0</button>
  <p class="plain" data-see>plain</p>
  <p class="imported" data-see>imported</p>
  <p class="sheet" data-see>sheet</p>
  <p class="asset" data-see>asset</p>
  <p class="\${names.named}" data-see>\${Object.keys(names)}</p>
  <pre>\${text}</pre>\`
document.getElementById('count').onclick = ({ target }) => (target.textContent = \`count \${++count}\`)
`,
    'src/plain.css': `@import './imported.css';\n.plain { color: rgb(1, 1, 1); }\n`,
    'src/imported.css': '.imported { color: rgb(2, 2, 2); }\n',
    'src/sheet.scss': `@use './parts/colours';\n.sheet { color: colours.$ink; }\n`,
    'src/parts/_colours.scss': '$ink: rgb(3, 3, 3);\n',
    'src/with-asset.css': `.asset { background: url('./asset.svg'); }\n`,
    'src/asset.svg': svg('red'),
    'src/inline.css': '.inline { color: rgb(5, 5, 5); }\n',
    'src/names.module.css': '.named { color: rgb(6, 6, 6); }\n',
  },
  refused: ['vite:css transform src/names.module.css', 'vite:css transform src/with-asset.css'],
  shows: 'plain',
  edits: [
    { what: 'a sheet', file: 'src/plain.css', to: ['1, 1, 1', '1, 1, 9'], shows: '(1, 1, 9)' },
    {
      what: 'an imported sheet',
      file: 'src/imported.css',
      to: ['2, 2, 2', '2, 2, 9'],
      shows: '(2, 2, 9)',
    },
    {
      what: 'a Sass partial',
      file: 'src/parts/_colours.scss',
      to: '$ink: rgb(3, 3, 9);\n',
      shows: '(3, 3, 9)',
    },
    {
      what: 'a Sass partial back to what it was',
      file: 'src/parts/_colours.scss',
      to: '$ink: rgb(3, 3, 3);\n',
      shows: '(3, 3, 3)',
    },
    { what: 'an error', file: 'src/sheet.scss', to: ['.sheet {', '.sheet {{'], shows: 'overlay' },
    {
      what: 'its correction',
      file: 'src/sheet.scss',
      to: ['.sheet {{', '.sheet { background: rgb(4, 4, 4);'],
      shows: '(4, 4, 4)',
    },
    { what: 'an asset', file: 'src/asset.svg', to: svg('blue'), shows: 'asset.svg?t=' },
    {
      what: 'a sheet with an asset',
      file: 'src/with-asset.css',
      to: ['.asset {', '.asset { color: rgb(7, 7, 7);'],
      shows: '(7, 7, 7)',
    },
    {
      what: 'a sheet that is imported as text',
      file: 'src/inline.css',
      to: ['5, 5, 5', '5, 5, 9'],
      shows: '5, 5, 9',
    },
    {
      what: 'a CSS module',
      file: 'src/names.module.css',
      to: '.named { color: rgb(6, 6, 9); }\n.other { color: red; }\n',
      shows: 'other',
    },
  ],
}
