import { describe, expect, test, vi } from 'vitest'
import { rememberedCalls, watchProject } from './project.ts'
import { rolldownWatched, rollupWatched, viteWatched } from './projects.ts'

// a busy machine makes a build in some seconds, and these make many
vi.setConfig({ testTimeout: 600_000 })

const sfc = viteWatched['src/Two.vue']!
const style = sfc.indexOf('<style')
/** A block in a file of its own is told of its component, and of all its blocks. */
const apart = `${sfc.slice(0, style)}<style>.first { color: red }</style>
<style scoped src="./apart.css"></style>
`

describe.each(['vite-8', 'vite-7'] as const)('%s, watching what is all stored', (host) => {
  test('files that calls named make it build again, and plugins know what they were never asked', async () => {
    const project = await watchProject(
      host,
      { ...viteWatched, 'src/Two.vue': apart, 'src/apart.css': '.apart { color: red }\n' },
      { isWarm: true },
    )
    expect(rememberedCalls(project.first)).toEqual([])

    await project.edit({ 'src/styles/parts/_tokens.scss': '$size: 2px;\n' })
    await project.edit({ 'data/palette.txt': 'blue' })
    await project.edit({ 'data/watched.txt': 'two' })
    await project.edit({ 'src/apart.css': '.apart { color: blue }\n' })
    await project.edit({ 'src/Two.vue': apart.replace('<b>x</b>', '<b>y</b>') })
    await project.edit({ 'src/apart.css': '.apart { color: green }\n' })
    await project.edit({ 'src/apart.css': '.apart { color: red }\n', 'src/Two.vue': apart })
    expect(await project.differsFresh()).toEqual([])
  })
})

test.each([
  ['rollup', rollupWatched],
  ['rolldown', rolldownWatched],
] as const)('%s, watching what is all stored: a file that a call named', async (host, files) => {
  const project = await watchProject(host, files, { isWarm: true })
  expect(rememberedCalls(project.first)).toEqual([])
  const { calls } = await project.edit({ 'data/watched.txt': 'two' })
  expect(calls).toContain('own-watcher transform src/watch-a.js')
})
