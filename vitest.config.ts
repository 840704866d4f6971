import { defineConfig, type ViteUserConfig } from 'vitest/config'

const config: ViteUserConfig = defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/hosts/**'],
    globalSetup: 'test/support/globalSetup.ts',
    pool: 'forks',
    maxWorkers: 2,
    // many tests are whole builds in child processes
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})

export default config
