import { join } from 'node:path'
import { env } from 'node:process'
import { defineConfig } from 'vite'
import remember from 'vite-plugin-remember'

const root = import.meta.dirname
const input = ['index', 'print', 'admin'].map((page) => join(root, `${page}.html`))

export default defineConfig({
  plugins: [env.PLAYGROUND_PLAIN !== '1' && remember()],
  css: {
    preprocessorOptions: {
      scss: {
        loadPaths: [join(root, 'src/sass-library')],
        additionalData: `$accent: ${env.PLAYGROUND_ACCENT || '#6b4fa0'};\n`,
      },
      less: {
        modifyVars: { 'panel-radius': '8px' },
      },
    },
  },
  build: {
    outDir: env.PLAYGROUND_OUT || 'dist',
    emptyOutDir: true,
    sourcemap: env.PLAYGROUND_SOURCEMAP === '1',
    assetsInlineLimit: 2048,
    chunkSizeWarningLimit: 50_000,
    reportCompressedSize: false,
    rollupOptions: { input },
    // Vite 8 would otherwise print a warning that depends on the clock.
    rolldownOptions: { input, checks: { bundlerTimings: false } },
  },
})
