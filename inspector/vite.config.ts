import path from 'node:path'
import { defineConfig, type PluginOption, type UserConfig } from 'vite'
import solid from 'vite-plugin-solid'
import { singleFile } from './singleFile.ts'

const dist = path.resolve(import.meta.dirname, '../dist/vite.js')

// Built with our own plugin on: scripts/build.mjs names the one that it has just made.
// `npx vite inspector` serves the page with the data of the store of this workspace.
export default defineConfig(async (): Promise<UserConfig> => {
  const built = process.env['REMEMBER_BUILT'] ?? dist
  const { default: remember } = (await import(built)) as { default: () => PluginOption }
  return {
    root: import.meta.dirname,
    base: './',
    logLevel: 'warn',
    plugins: [remember(), solid(), singleFile()],
    build: { modulePreload: false, target: 'es2022', assetsInlineLimit: Infinity },
  }
})
