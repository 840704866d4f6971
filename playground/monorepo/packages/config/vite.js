import { env } from 'node:process'
import babel from '@rolldown/plugin-babel'
import react, { reactCompilerPreset } from '@vitejs/plugin-react'
import vue from '@vitejs/plugin-vue'
import remember from 'vite-plugin-remember'

const ours = () => env.PLAYGROUND_PLAIN !== '1' && remember()

/** What all apps and libraries with components of Vue say to Vite. */
export function vueConfig(build = {}) {
  return {
    plugins: [ours(), vue({ features: { optionsAPI: false } })],
    build: { ...common(), ...build },
  }
}

/** What all apps with components of React say to Vite. */
export function reactConfig() {
  return {
    plugins: [ours(), react(), babel({ presets: [reactCompilerPreset()] })],
    build: common(),
  }
}

function common() {
  return {
    outDir: env.PLAYGROUND_OUT || 'dist',
    emptyOutDir: true,
    sourcemap: env.PLAYGROUND_SOURCEMAP === '1',
    reportCompressedSize: false,
    // Vite 8 would otherwise print a warning that depends on the clock.
    rolldownOptions: { checks: { bundlerTimings: false } },
  }
}
