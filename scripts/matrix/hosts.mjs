/**
 * The hosts, each with what its README config needs and a small app. `version` picks the host's
 * package, `build` is what its own documents say, `types` is the door of the package.
 */
export const hosts = {
  'vite-8': vite('8'),
  'vite-7': vite('7'),
  'vite-6': vite('6'),
  'rollup-4': {
    host: 'rollup',
    door: 'vite-plugin-remember/rollup',
    packages: ['rollup@4', '@rollup/plugin-babel@7', '@rollup/plugin-terser@1', '@babel/core@7'],
    build: (config) => ['rollup', '--silent', '-c', config],
    files: {
      'src/index.js': `import { greet } from './greet.js'\n\nconsole.log(greet('you'))\n`,
      'src/greet.js': 'export const greet = (who) => `Hello ${who ?? "all"}`\n',
    },
  },
  'rolldown-1': {
    host: 'rolldown',
    door: 'vite-plugin-remember/rolldown',
    packages: [
      'rolldown@1',
      '@rolldown/plugin-babel@0.3',
      'babel-plugin-react-compiler@1',
      '@babel/core@7',
      'react@19',
    ],
    build: (config) => ['rolldown', '-c', config],
    files: {
      'src/index.js': `import { useGreeting } from './greeting.js'\n\nexport { useGreeting }\n`,
      'src/greeting.js':
        `import { useState } from 'react'\n\n` +
        `export function useGreeting(who) {\n  const [times] = useState(1)\n` +
        '  return { text: `Hello ${who}`, times }\n}\n',
    },
  },
}

function vite(version) {
  return {
    host: 'vite',
    door: 'vite-plugin-remember',
    packages: [`vite@${version}`, '@vitejs/plugin-vue@6', 'vue@3'],
    build: (config) => ['vite', 'build', '--logLevel', 'warn', '--config', config],
    files: {
      'index.html': '<div id="app"></div>\n<script type="module" src="/src/main.js"></script>\n',
      'src/main.js':
        `import { createApp } from 'vue'\nimport App from './App.vue'\n\n` +
        `createApp(App).mount('#app')\n`,
      'src/App.vue':
        `<script setup>\nconst who = 'you'\n</script>\n\n<template>\n  <p>Hello {{ who }}</p>\n</template>\n\n` +
        `<style scoped>\np {\n  color: teal;\n}\n</style>\n`,
    },
  }
}
