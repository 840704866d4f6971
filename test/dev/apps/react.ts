import { config, page, type App } from './app.ts'

const dependencies = ['react', 'react-dom/client', 'react/jsx-dev-runtime', 'react/jsx-runtime']

export const reactApp: App = {
  name: 'react',
  hosts: {
    'vite-8': {
      'vite.config.js': config(
        `import babel from '@rolldown/plugin-babel'
import react, { reactCompilerPreset } from '@vitejs/plugin-react'`,
        'react(), babel({ presets: [reactCompilerPreset()], exclude: /node_modules|deps/ }),',
        [...dependencies, 'react/compiler-runtime'],
      ),
    },
    'vite-7-react': {
      'vite.config.js': config(
        `import react from '@vitejs/plugin-react'`,
        'react({ exclude: /node_modules|deps/ }),',
        dependencies,
        `{ include: ['vite:react-babel'] }`,
      ),
    },
  },
  included: ['vite:react-babel'],
  files: {
    'index.html': page('/src/main.tsx'),
    'src/main.tsx': `import { createRoot } from 'react-dom/client'
import { App } from './App'
createRoot(document.getElementById('app')!).render(<App />)
`,
    'src/App.tsx': `import { useState } from 'react'
import { Child } from './Child'
import './app.css'
export function App() {
  const [count, setCount] = useState(0)
  return (
    <main>
      <h1>app one</h1>
      <button id="count" onClick={() => setCount(count + 1)}>count {count}</button>
      <Child label="first" />
    </main>
  )
}
`,
    'src/Child.tsx': `import { useState } from 'react'
import { greeting } from './greeting'
export function Child({ label }: { label: string }) {
  const [own, setOwn] = useState(0)
  return (
    <p className="child" data-see>
      child {greeting} {label}
      <button id="own" onClick={() => setOwn(own + 1)}>own {own}</button>
    </p>
  )
}
`,
    'src/greeting.ts': `export const greeting: string = 'hello'\n`,
    'src/app.css': '.child { color: rgb(1, 1, 1); }\n',
  },
  refused: [],
  shows: 'child hello first',
  edits: [
    { what: 'markup', file: 'src/Child.tsx', to: ['child {', 'kid {'], shows: 'kid hello' },
    {
      what: 'a hook, which resets the state',
      file: 'src/Child.tsx',
      to: ['useState(0)', 'useState(40)'],
      shows: 'own 40',
    },
    {
      what: 'a module without components',
      file: 'src/greeting.ts',
      to: ['hello', 'welcome'],
      shows: 'kid welcome',
    },
    { what: 'styles', file: 'src/app.css', to: ['rgb(1', 'rgb(2'], shows: 'rgb(2, 1, 1)' },
    {
      what: 'an export that is no component',
      file: 'src/Child.tsx',
      to: [
        'export function Child({ label }: { label: string }) {',
        "export const no = '!'\nexport function Child({ label }: { label: string }) {\n  label = label + no",
      ],
      shows: 'first!',
    },
    { what: 'an error', file: 'src/Child.tsx', to: ['</p>', '</b>'], shows: 'overlay' },
    { what: 'its correction', file: 'src/Child.tsx', to: ['</b>', 'mended</p>'], shows: 'mended' },
    { what: 'the outer one', file: 'src/App.tsx', to: ['app one', 'app two'], shows: 'app two' },
  ],
}
