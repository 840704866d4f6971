import { env } from 'node:process'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import icons from 'unplugin-icons/vite'
import { defineConfig } from 'vite'
import remember from 'vite-plugin-remember'

export default defineConfig({
  plugins: [
    env.PLAYGROUND_PLAIN !== '1' && remember(),
    svelte({
      compilerOptions: { preserveWhitespace: env.PLAYGROUND_PRESERVE_WHITESPACE === '1' },
    }),
    icons({ compiler: 'svelte', scale: 1.1 }),
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
