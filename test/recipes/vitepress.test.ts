import { expect, onTestFinished, test, vi } from 'vitest'
import { openProject, type BuiltSite, type Project } from './siteProject.ts'
import { vitepressSite } from './vitepressSite.ts'

// Pages are made by VitePress from many files, and what it notes of them outlasts their
// transforms: dead links, times of the sitemap, the index of the search.

const files = vitepressSite()

function open(): Project {
  return openProject('vitepress', files, ['vitepress/bin/vitepress.js', 'build', '.'])
}

/** Pages that were made anew; those of dynamic routes always are. */
function pages({ calls }: BuiltSite): string[] {
  const made = calls.filter((call) => /^vitepress transform (?!packages\/).*\.md$/.test(call))
  return [...new Set(made.map((call) => call.replace('vitepress transform ', '')))]
}

function searches({ calls }: BuiltSite): number {
  return calls.filter((call) => call.startsWith('vitepress:local-search load')).length
}

function deadLinks({ stdout, stderr }: BuiltSite): string[] {
  return `${stdout}${stderr}`
    .split('\n')
    .filter((line) => /dead link/.test(line))
    .sort()
}

// many whole builds, each in a process of its own
vi.setConfig({ testTimeout: 600_000 })

test('a site is what it is without us, whatever its pages are made of changes', async () => {
  const site = open()
  const cold = await site.both()
  expect(cold.plain).toMatchObject({ code: 0 })
  expect(cold.differences).toEqual([])
  expect(pages(cold.warm)).toEqual(pages(cold.plain))

  const warm = await site.build('warm')
  expect(site.differences()).toEqual([])
  expect(pages(cold.plain).length).toBeGreaterThan(6)
  expect(pages(warm)).toEqual([])
  expect(searches(cold.plain)).toBeGreaterThan(0)
  expect(searches(warm)).toBe(0)

  site.write({
    'parts/note.md': files['parts/note.md']!.replace('Included', 'Changed'),
    'parts/styled.md': files['parts/styled.md']!.replace('order: 1', 'order: 2'),
    'snippets/part.js': files['snippets/part.js']!.replace('1', '10'),
    'guide/front.md': files['guide/front.md']!.replace('deep', '3'),
    'things/two.txt': 'thing two\n',
    'guide/dot.svg': files['guide/dot.svg']!.replaceAll('16', '24'),
  })
  const edited = await site.both()
  expect(edited.differences).toEqual([])
  expect(pages(edited.warm)).toEqual([
    'guide/front.md',
    'guide/includes.md',
    'guide/snippets.md',
    'guide/styled.md',
    'index.md',
  ])

  // a page that goes, or a word in an option, is of all pages' concern
  site.write({ 'guide/data.md': null, 'guide/more.md': '# More\n\nAnother page.\n' })
  const added = await site.both({ SITE_NUMBERS: '1' })
  expect(added.differences).toEqual([])
  expect(pages(added.warm)).toEqual(pages(added.plain))
})

test('one more file that the config imports, and which says nothing, is no reason to make pages anew', async () => {
  const site = open()
  await site.build('warm')

  const config = files['.vitepress/config.mjs']!
  site.write({
    '.vitepress/config.mjs': `import './empty.mjs'\n${config}`,
    '.vitepress/empty.mjs': '',
  })
  const { warm, plain, differences } = await site.both()
  expect(differences).toEqual([])
  expect(pages(plain).length).toBeGreaterThan(6)
  expect(pages(warm)).toEqual([])
  expect(searches(warm)).toBe(0)
})

test('the check for dead links fails when it fails without us', async () => {
  const site = open()
  expect(await site.build('warm')).toMatchObject({ code: 0 })

  const start = files['guide/start.md']!
  site.write({ 'guide/start.md': start.replace('./includes', './nowhere') })
  const plain = await site.build('plain')
  expect(plain.code).toBe(1)
  expect(deadLinks(plain).join()).toContain('nowhere')
  // the client's pages, then the server's, would be answered from the store
  for (const warm of [
    await site.build('warm'),
    await site.build('warm'),
    await site.build('warm'),
  ]) {
    expect(warm.code).toBe(1)
    expect(deadLinks(warm)).toEqual(deadLinks(plain))
  }

  site.write({ 'guide/start.md': start })
  const mended = await site.both()
  expect(mended.warm.code).toBe(0)
  expect(mended.differences).toEqual([])

  // the page that links is as it was; the one it links to is gone
  site.write({ 'guide/includes.md': null })
  const gone = await site.both()
  expect(gone.plain.code).toBe(1)
  expect(gone.warm.code).toBe(1)
  expect(deadLinks(gone.warm)).toEqual(deadLinks(gone.plain))
})

test('pages and the sitemap say when a page was committed last', async () => {
  const site = open()
  const env = { SITE_UPDATED: '1', TZ: 'UTC' }
  const commit = (date: string): void => {
    const before = { ...process.env }
    onTestFinished(() => void Object.assign(process.env, before))
    site.git('add', '.')
    process.env['GIT_AUTHOR_DATE'] = process.env['GIT_COMMITTER_DATE'] = date
    site.git('commit', '--quiet', '--allow-empty', '-m', date)
  }
  commit('2024-01-02T03:04:05Z')
  await site.build('warm', env)
  const warm = await site.both(env)
  expect(warm.differences).toEqual([])
  expect(pages(warm.warm)).toEqual([])

  // only git knows of it: the file is as it was
  site.write({ 'guide/front.md': `${files['guide/front.md']}\nMore.\n` })
  commit('2024-02-03T04:05:06Z')
  site.write({ 'guide/front.md': files['guide/front.md']! })
  commit('2024-03-04T05:06:07Z')
  const later = await site.both(env)
  expect(later.differences).toEqual([])
  expect(pages(later.warm)).toEqual(['guide/front.md'])
})
