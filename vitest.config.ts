import { defineConfig, type ViteUserConfig } from 'vitest/config'

// a file for CI, besides what people read
const report = process.env['REMEMBER_TEST_REPORT']

const config: ViteUserConfig = defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/hosts/**'],
    globalSetup: 'test/support/globalSetup.ts',
    pool: 'forks',
    maxWorkers: 2,
    // many tests are whole builds in child processes, on machines with much else to do: this ends what hangs
    testTimeout: 300_000,
    hookTimeout: 300_000,
    reporters: ['default', ...(report ? ['json'] : [])],
    ...(report && { outputFile: { json: report } }),
  },
})

export default config
