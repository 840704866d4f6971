import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { TestRunner, onTestFinished } from 'vitest'
import { hostHome, type Host } from '../../scripts/lib/hosts.mjs'

export const repository: string = path.resolve(import.meta.dirname, '../..')

/** Where temporary folders of this run are made; globalSetup.ts removes them at its end. */
export function tempRoots(): Record<'system' | Host, string> {
  const run = process.env['REMEMBER_TEST_RUN'] ?? 'tests'
  return {
    system: path.join(fs.realpathSync(os.tmpdir()), `remember-${run}`),
    'vite-8': path.join(hostHome('vite-8'), '.temp', run),
    'vite-7': path.join(hostHome('vite-7'), '.temp', run),
    'vite-7-react': path.join(hostHome('vite-7-react'), '.temp', run),
    'vite-6': path.join(hostHome('vite-6'), '.temp', run),
    'recipes-8': path.join(hostHome('recipes-8'), '.temp', run),
    'recipes-7': path.join(hostHome('recipes-7'), '.temp', run),
    'css-tools': path.join(hostHome('css-tools'), '.temp', run),
    'css-tools-7': path.join(hostHome('css-tools-7'), '.temp', run),
    'vitest-4': path.join(hostHome('vitest-4'), '.temp', run),
    'vitest-5': path.join(hostHome('vitest-5'), '.temp', run),
    vitepress: path.join(hostHome('vitepress'), '.temp', run),
    sveltekit: path.join(hostHome('sveltekit'), '.temp', run),
    astro: path.join(hostHome('astro'), '.temp', run),
  }
}

/**
 * Makes an empty folder. It goes after the test that made it; when made in a hook, after the run.
 *
 * @param root where packages resolve from: nowhere for `system`, else as in that host.
 */
export function tempDir(root: 'system' | Host = 'system'): string {
  const parent = tempRoots()[root]
  fs.mkdirSync(parent, { recursive: true })
  const dir = fs.mkdtempSync(path.join(parent, 'dir-'))
  if (TestRunner.getCurrentTest()) {
    onTestFinished(() => fs.rmSync(dir, { recursive: true, force: true }))
  }
  return dir
}
