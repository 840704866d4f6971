import { env } from 'node:process'
import babel from '@rolldown/plugin-babel'
import react, { reactCompilerPreset } from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import remember from 'vite-plugin-remember'
import svgr from 'vite-plugin-svgr'

export default defineConfig({
  plugins: [
    env.PLAYGROUND_PLAIN !== '1' && remember(),
    react(),
    babel({
      presets: [
        reactCompilerPreset({ compilationMode: env.PLAYGROUND_COMPILATION_MODE || 'infer' }),
      ],
    }),
    svgr({ svgrOptions: { icon: true, titleProp: true } }),
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
