import { expect, test, vi } from 'vitest'
import { openProject, type BuiltSite } from './siteProject.ts'
import { sveltekitApp as files } from './sveltekitApp.ts'

/** What the Svelte compiler and its preprocessors ran for, e.g. `src/lib/Counter.svelte`. */
function compiled({ calls }: BuiltSite): string[] {
  const ran = calls.flatMap((call) => {
    const [, id] =
      /^vite-plugin-svelte:(?:compile|compile-module|preprocess) transform (.*)/.exec(call) ?? []
    return id?.startsWith('src/') && /\.svelte(?:\.js)?$/.test(id) ? [id] : []
  })
  return [...new Set(ran)]
}

// many whole builds, each in a process of its own
vi.setConfig({ testTimeout: 600_000 })

test('the server, the client and the pages are what they are without us', async () => {
  const app = openProject('sveltekit', files, ['vite/bin/vite.js', 'build'])
  const cold = await app.both()
  expect(cold.plain).toMatchObject({ code: 0 })
  expect(cold.differences).toEqual([])

  const warm = await app.build('warm')
  expect(app.differences()).toEqual([])
  expect(compiled(cold.plain).length).toBeGreaterThan(4)
  expect(compiled(warm)).toEqual([])

  app.write({
    'src/lib/Counter.svelte': files['src/lib/Counter.svelte']!.replace('order: 1', 'order: 3'),
    'src/lib/server/notes.js': files['src/lib/server/notes.js']!.replace("'second'", "'other'"),
    'src/routes/more/+page.svelte': '<p>more</p>\n',
    'src/routes/+layout.svelte': files['src/routes/+layout.svelte']!.replace(
      '<nav>',
      '<nav><a href="/more">more</a>',
    ),
    '.env': 'PUBLIC_GREETING=goodbye\nPRIVATE_WORD=longer than before\n',
  })
  const edited = await app.both()
  expect(edited.plain).toMatchObject({ code: 0 })
  expect(edited.differences).toEqual([])
  expect(compiled(edited.warm)).toEqual([
    'src/lib/Counter.svelte',
    'src/routes/+layout.svelte',
    'src/routes/more/+page.svelte',
  ])

  // SvelteKit's guard collects who imports whom: server code in a page still fails the build
  app.write({
    'src/routes/more/+page.svelte':
      "<script>\n  import { notes } from '$lib/server/notes.js'\n</script>\n<p>{notes.first}</p>\n",
  })
  const guarded = await app.both()
  expect(guarded.plain.code).toBe(1)
  expect(guarded.warm.code).toBe(1)
  const told = ({ stderr }: BuiltSite): string | undefined => /Cannot import .*/.exec(stderr)?.[0]
  expect(told(guarded.warm)).toBeDefined()
  expect(told(guarded.warm)).toBe(told(guarded.plain))
})
