import os from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { isToolCache } from '../../src/trace/toolCaches.ts'

test.each([
  [path.join(os.tmpdir(), 'jiti'), true],
  [path.join(os.tmpdir(), 'jiti/app-lingui.config.8c90db94.cjs'), true],
  ['/app/node_modules/.cache/jiti/tailwind.config.ts.1a2b3c.js', true],
  ['/app/src/jiti/state.js', false],
  ['/app/src/jiti', false],
  [path.join(os.tmpdir(), 'jiti/deeper/state.js'), false],
  [path.join(os.tmpdir(), 'jiti/data.json'), false],
  ['/app/node_modules/jiti/dist/jiti.cjs', false],
])('%s: %s', (target, expected) => {
  expect(isToolCache(target)).toBe(expected)
})
