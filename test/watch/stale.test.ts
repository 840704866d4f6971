import { expect, test, vi } from 'vitest'
import { watchProject } from './project.ts'
import { viteWatched } from './projects.ts'

// a busy machine makes a build in some seconds, and these make many
vi.setConfig({ testTimeout: 600_000 })

// What plugins keep of a file that changed: their results are what a watcher without
// us gives, and nobody may take them for what the file says now.

test.each(['vite-8', 'vite-7'] as const)('%s: types that Vue read before', async (host) => {
  const project = await watchProject(host, viteWatched)
  const one = viteWatched['src/One.vue']!
  const main = viteWatched['src/main.js']!
  await project.editUntil('marked-1', {
    'src/types.ts': `export interface Props { other: string }\n`,
    'src/One.vue': one.replace('<b>x</b>', '<b>marked-1</b>'),
  })
  await project.editUntil('marked-2', {
    'src/New.vue': one.replace('<b>x</b>', '<b>marked-2</b>'),
    'src/main.js': `${main}import New from './New.vue'\nconsole.log(New)\n`,
  })
  await project.editUntil('marked-3', {
    'src/Two.vue': viteWatched['src/Two.vue']!.replace('<b>x</b>', '<b>marked-3</b>'),
  })
  expect(await project.differsFresh()).toEqual([])
})

test('vite-8: a config file that Vite loaded before', async () => {
  const project = await watchProject('vite-8', viteWatched)
  const config = viteWatched['postcss.config.js']!
  await project.editUntil('marked-1', {
    'postcss.config.js': config.replace('postcssOwn()', `postcssOwn({ prefix: 'new ' })`),
    'src/styles/text.css': '.text { @include-text palette; --marked-1: 1 }\n',
  })
  expect(await project.differsFresh()).toEqual([])
})
