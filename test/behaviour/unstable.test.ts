import { describe, expect, test } from 'vitest'
import { rollupConfig, rollupProject } from './plainProject.ts'
import { viteConfig, viteProject } from './viteProject.ts'
import { openWorkbench } from './workbench.ts'

const random = `'stamp ' + Math.random()`

const hosts = [
  {
    host: 'vite-8' as const,
    project: viteProject,
    config: { 'vite.config.js': viteConfig({ banner: random }) },
  },
  { host: 'rollup' as const, project: rollupProject, config: rollupConfig({ banner: random }) },
]

/** Calls of the plugin, and calls that are given what it made. */
const touched = /^own-banner | \S*banner-\w\.js$| renderChunk /

describe.each(hosts)(
  'an option that differs in every build on $host',
  ({ host, project, config }) => {
    test('is named with what to do, all else is reused, and that one line ends it', async () => {
      const bench = await openWorkbench(host, { ...project, ...config })
      const second = await bench.next({})
      expect(second.again.filter((call) => !touched.test(call))).toEqual([])
      expect(second.printed).not.toContain('differs in every build')

      const third = await bench.next({})
      expect(third.again.filter((call) => call.startsWith('own-banner '))).not.toEqual([])
      expect(third.again.filter((call) => !touched.test(call))).toEqual([])
      const [line, ...others] = third.printed
        .split('\n')
        .filter((each) => each.includes('every build'))
      expect(others).toEqual([])
      expect(line).toMatch(
        /^  own-banner: \S*options\.text differs in every build \("stamp .*" → "stamp .*"\), so nothing of it is reused\. Pin it, or: remember\(\{ ignore: \{ 'own-banner': \['\S*options\.text'\] \} \}\)/,
      )

      // as the line says
      const ignore = /ignore: \{.*\}(?= \}\))/.exec(line!)![0]
      const [name, text] = Object.entries(config)[0]!
      await bench.next({
        files: { [name]: text.replace('include: /^own-/', `include: /^own-/, ${ignore}`) },
      })
      const last = await bench.next({})
      expect(last.again).toEqual([])
      expect(last.printed).not.toContain('differs in every build')
    })

    test('is not said of one that changed twice and came back', async () => {
      const bench = await openWorkbench(host, project)
      const [name] = Object.keys(config) as [string]
      const changed = { [name]: project[name]!.replace(`'literal'`, `'another'`) }
      await bench.next({ files: changed })
      const { printed } = await bench.next({ files: { [name]: project[name]! } })
      expect(printed).not.toContain('differs in every build')
    })
  },
)

test("define is the host's own part: plugins that never read it are reused", async () => {
  const stamped = viteConfig({
    build: `define: { STAMP: JSON.stringify(Math.random()) }, build: {`,
  })
  const bench = await openWorkbench('vite-8', { ...viteProject, 'vite.config.js': stamped })
  await bench.next({})
  const { again, printed } = await bench.next({})
  expect(again.filter((call) => !call.startsWith('own-'))).toEqual([])
  expect(again).not.toEqual([])
  expect(printed).toMatch(
    /^  all plugins: @build\.config\.define\.STAMP differs in every build .*: remember\(\{ ignore: \{ '\*': \['@build\.config\.define\.STAMP'\] \} \}\)$/m,
  )
})
