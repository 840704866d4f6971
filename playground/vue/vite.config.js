import { readFileSync, realpathSync, statSync } from 'node:fs'
import { env } from 'node:process'
import vue from '@vitejs/plugin-vue'
import vueJsx from '@vitejs/plugin-vue-jsx'
import { defineConfig } from 'vite'
import remember from 'vite-plugin-remember'

// The SFC compiler reads imported types through TypeScript's own file system,
// which TypeScript 7 no longer exposes.
const fs = {
  fileExists: (file) => statSync(file, { throwIfNoEntry: false })?.isFile() ?? false,
  readFile: (file) => readFileSync(file, 'utf8'),
  realpath: (file) => realpathSync(file),
}

export default defineConfig({
  plugins: [
    env.PLAYGROUND_PLAIN !== '1' && remember(),
    vue({
      script: { fs },
      template: { compilerOptions: { whitespace: env.PLAYGROUND_WHITESPACE || 'condense' } },
    }),
    vueJsx(),
  ],
  build: {
    outDir: env.PLAYGROUND_OUT || 'dist',
    emptyOutDir: true,
    sourcemap: env.PLAYGROUND_SOURCEMAP === '1',
    chunkSizeWarningLimit: 50_000,
    reportCompressedSize: false,
    // Vite 8 would otherwise print a warning that depends on the clock.
    rolldownOptions: { checks: { bundlerTimings: false } },
  },
})
