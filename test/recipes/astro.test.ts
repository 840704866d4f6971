import { expect, test, vi } from 'vitest'
import { astroSite as files } from './astroSite.ts'
import { openProject, type BuiltSite } from './siteProject.ts'

// many whole builds, each in a process of its own
vi.setConfig({ testTimeout: 600_000 })

function ran({ calls }: BuiltSite, pattern: RegExp): string[] {
  return calls.filter((call) => pattern.test(call))
}

// What Astro's compiler makes of a component is kept for the build of the client, which fails
// without it. So its own plugins always run, and all others are reused beside them.
test('a site is what it is without us', async () => {
  const site = openProject('astro', files, ['astro/astro.js', 'build', '--silent'])
  const env = { ASTRO_TELEMETRY_DISABLED: '1' }
  const cold = await site.both(env)
  expect(cold.plain).toMatchObject({ code: 0 })
  expect(cold.differences).toEqual([])

  const warm = await site.build('warm', env)
  expect(site.differences()).toEqual([])
  const compiler = /^astro:build transform src\/.*\.astro$/
  expect(ran(cold.plain, compiler).length).toBeGreaterThan(2)
  expect(ran(warm, compiler)).toEqual(ran(cold.plain, compiler))
  const scripts = /^vite:esbuild transform src\/scripts\//
  expect(ran(cold.plain, scripts).length).toBeGreaterThan(0)
  expect(ran(warm, scripts)).toEqual([])

  site.write({
    'src/components/Card.astro': files['src/components/Card.astro']!.replace(
      "'one'",
      "'two'",
    ).replace('order: 3', 'order: 4'),
    'src/pages/words.md': files['src/pages/words.md']!.replace('Some', 'More'),
    'src/pages/more.astro': '<p class="more">more</p>\n<style>\n  .more { order: 5 }\n</style>\n',
  })
  const edited = await site.both(env)
  expect(edited.plain).toMatchObject({ code: 0 })
  expect(edited.differences).toEqual([])
})
