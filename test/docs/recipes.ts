/** What each recipe of docs/recipes.md is tried on: files of an app, and the plugins that it says are remembered. */
export const recipes: Readonly<
  Record<
    string,
    { readonly files: Readonly<Record<string, string>>; readonly remembered: readonly string[] }
  >
> = {
  Vue: {
    files: {
      ...page('src/main.js'),
      'src/main.js': `import App from './App.vue'\nimport List from './List.jsx'\n\nconsole.log(App, List)\n`,
      'src/List.jsx': `export default () => <ul><li>one</li></ul>\n`,
      'src/App.vue':
        `<script setup>\nconst who = 'you'\n</script>\n\n<template>\n  <p>Hello {{ who }}</p>\n</template>\n\n` +
        `<style scoped>\np { color: teal }\n</style>\n`,
    },
    remembered: ['vite:vue', 'vite:vue-jsx', 'vite:css'],
  },
  'React Compiler': {
    files: {
      ...page('src/main.jsx'),
      'src/main.jsx':
        `import { useState } from 'react'\n\nexport function App({ who }) {\n  const [n] = useState(1)\n` +
        `  return <p>{who} {n}</p>\n}\n\nconsole.log(App)\n`,
    },
    remembered: ['@rolldown/plugin-babel'],
  },
  Svelte: {
    files: {
      ...page('src/main.js'),
      'src/main.js': `import App from './App.svelte'\n\nconsole.log(App)\n`,
      'src/App.svelte': `<script>\n  let { who } = $props()\n</script>\n\n<p>Hello {who}</p>\n\n<style>\n  p { color: teal }\n</style>\n`,
    },
    remembered: ['vite-plugin-svelte:compile', 'vite:css'],
  },
  MDX: {
    files: {
      ...page('src/main.js'),
      'src/main.js': `import Page from './page.mdx'\n\nconsole.log(Page)\n`,
      'src/page.mdx': '# Hello\n\n| a | b |\n| - | - |\n| 1 | 2 |\n',
    },
    remembered: ['@mdx-js/rollup'],
  },
  Sass: {
    files: {
      ...page('src/main.js'),
      'src/main.js': `import './main.scss'\n`,
      'src/main.scss': `@use 'colours';\n\np { color: colours.$accent }\n`,
      'src/styles/_colours.scss': '$accent: teal;\n',
    },
    remembered: ['vite:css'],
  },
  'A library, in two formats': {
    files: {
      'src/index.js': 'export const greet = (who) => `Hello ${who ?? "all"}`\n',
    },
    remembered: ['babel', 'terser'],
  },
  'A plugin of your own': {
    files: { 'src/index.js': `console.log('hello')\n` },
    remembered: ['shout'],
  },
}

function page(script: string): Record<string, string> {
  return {
    'index.html': `<div id="app"></div>\n<script type="module" src="/${script}"></script>\n`,
  }
}
