import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { defaultStoreDir, findWorkspaceRoot } from '../../src/plugin/index.ts'
import { write } from './harness.ts'
import { tempDir } from '../support/temp.ts'

interface Layout {
  readonly is: string
  /** Texts by path below the folder that holds all; `.git` is a folder unless named. */
  readonly files: Readonly<Record<string, string>>
  readonly from: string
  readonly root: string
}

const a = 'repo/packages/a'
const member = { 'repo/.git/HEAD': '', [`${a}/package.json`]: '{"name":"a"}' }
const plain = { 'repo/package.json': '{"name":"repo"}' }

const layouts: readonly Layout[] = [
  ...['["packages/*"]', '{"packages":["packages/*"]}', '[]'].map((workspaces) => ({
    is: `npm, yarn, bun: workspaces ${workspaces}`,
    files: { ...member, 'repo/package.json': `{"workspaces":${workspaces}}` },
    from: a,
    root: 'repo',
  })),
  {
    is: 'pnpm',
    files: { ...member, ...plain, 'repo/pnpm-workspace.yaml': 'packages: ["packages/*"]' },
    from: a,
    root: 'repo',
  },
  { is: 'Lerna', files: { ...member, 'repo/lerna.json': '{}' }, from: a, root: 'repo' },
  {
    is: 'Nx, whose libraries have a package.json and no workspaces',
    files: { ...member, ...plain, 'repo/nx.json': '{}' },
    from: a,
    root: 'repo',
  },
  {
    is: 'Nx, whose apps have no package.json',
    files: { ...plain, 'repo/nx.json': '{}', 'repo/apps/shop/project.json': '{}' },
    from: 'repo/apps/shop',
    root: 'repo',
  },
  { is: 'Rush', files: { ...member, 'repo/rush.json': '{}' }, from: a, root: 'repo' },
  {
    is: 'Turborepo, whose packages may have a turbo.json too',
    files: {
      ...member,
      'repo/package.json': '{"workspaces":["packages/*"]}',
      'repo/turbo.json': '{}',
      [`${a}/turbo.json`]: '{"extends":["//"]}',
    },
    from: a,
    root: 'repo',
  },
  {
    is: 'a folder below a member, as Vite’s `root` may be',
    files: { ...member, 'repo/package.json': '{"workspaces":["packages/*"]}', [`${a}/site/x`]: '' },
    from: `${a}/site`,
    root: 'repo',
  },
  {
    is: 'the workspace itself',
    files: { 'repo/package.json': '{"workspaces":["packages/*"]}' },
    from: 'repo',
    root: 'repo',
  },
  {
    is: 'a workspace in another one: the nearer',
    files: {
      ...member,
      'repo/package.json': '{"workspaces":["packages/*"]}',
      [`${a}/package.json`]: '{"workspaces":["own/*"]}',
      [`${a}/own/b/package.json`]: '{}',
    },
    from: `${a}/own/b`,
    root: a,
  },
  { is: 'no marker: the nearest package', files: { ...member, ...plain }, from: a, root: a },
  {
    is: 'a package.json that nobody can read is no workspace',
    files: { ...member, 'repo/package.json': '{"workspaces":' },
    from: a,
    root: a,
  },
  {
    is: 'nothing at all: the folder itself',
    files: { 'repo/.git/HEAD': '', 'repo/src/x': '' },
    from: 'repo/src',
    root: 'repo/src',
  },
  {
    is: 'a workspace above the repository is not ours',
    files: { ...member, ...plain, 'package.json': '{"workspaces":["repo"]}' },
    from: a,
    root: a,
  },
  {
    is: 'a submodule (its .git is a file) has a store of its own',
    files: {
      'repo/pnpm-workspace.yaml': '',
      [`${a}/.git`]: 'gitdir: ../../.git/modules/a',
      [`${a}/package.json`]: '{}',
    },
    from: a,
    root: a,
  },
]

test.each(layouts)('the workspace of $is', ({ files, from, root }) => {
  const home = tempDir()
  for (const [file, text] of Object.entries(files)) write(home, file, text)
  expect(path.relative(home, findWorkspaceRoot(path.join(home, from)))).toBe(path.normalize(root))
})

test('the store is in node_modules/.cache, but for Rush, which wants none beside its file', () => {
  const home = tempDir()
  const store = (): string => path.relative(home, defaultStoreDir(home)).replaceAll(path.sep, '/')
  expect(store()).toBe('node_modules/.cache/vite-plugin-remember/v1')
  fs.writeFileSync(path.join(home, 'rush.json'), '{}')
  expect(store()).toBe('common/temp/vite-plugin-remember/v1')
})
