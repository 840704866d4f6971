import fs from 'node:fs'
import path from 'node:path'
import { fixturePlugin } from './fixturePackages.ts'
import { nothing, type Row } from './rows.ts'

/** Rows that hold in every host. `config` gives the host's config file with another text for the banner. */
export function commonRows(config: (banner: string) => Record<string, string>): readonly Row[] {
  const banner = /^own-banner /
  const because = { plugin: 'own-banner', reason: 'part_changed', part: /options\.text$/ }
  return [
    { change: 'nothing but the output folder', again: nothing },
    { change: 'touch on every file', run: touchAll, again: nothing },
    {
      change: 'the lockfile',
      files: { 'pnpm-lock.yaml': 'lockfileVersion: 9\nsettings: {}\n' },
      again: nothing,
    },
    {
      change: 'scripts and an unrelated dependency in package.json',
      files: {
        'package.json': JSON.stringify({
          name: 'app',
          type: 'module',
          private: true,
          scripts: { test: 'x' },
          dependencies: { 'is-odd': '1' },
        }),
      },
      again: nothing,
    },
    {
      change: 'a literal option',
      files: config(`'another'`),
      says: /options\.text: "literal" → "another"$/,
      again: [banner],
      because: { ...because, from: '"literal"', to: '"another"' },
    },
    {
      change: 'a version of a plugin',
      files: fixturePlugin({ own: '1.0.1', deep: '1.0.0' }),
      says: 'installed packages: fixture-plugin@1.0.0 → fixture-plugin@1.0.1',
      again: [/^own-fixture /],
      because: {
        plugin: 'own-fixture',
        from: /fixture-plugin@1\.0\.0/,
        to: /fixture-plugin@1\.0\.1/,
      },
    },
    {
      change: 'a version deep below a plugin',
      files: fixturePlugin({ own: '1.0.0', deep: '1.0.1' }),
      says: 'installed packages: fixture-deep@1.0.0 → fixture-deep@1.0.1',
      again: [/^own-fixture /],
      because: { plugin: 'own-fixture', from: /fixture-deep@1\.0\.0/, to: /fixture-deep@1\.0\.1/ },
    },
    {
      change: 'a watched file',
      files: { 'data/watched.txt': 'two' },
      says: 'data/watched.txt: changed',
      again: [/^own-watcher .*watch-a\.js$/],
    },
    {
      change: 'a file that a remark plugin read for each page',
      files: { 'data/since.txt': 'today' },
      says: 'data/since.txt: changed',
      again: [/^@mdx-js\/rollup .*\.mdx$/],
    },
    {
      change: 'an environment variable that a hook read',
      env: { APP_COLOUR: 'red' },
      says: 'env APP_COLOUR: unset → set',
      again: [/^own-reader .*env\.js$/],
    },
    {
      change: 'an environment variable that nobody read',
      env: { APP_OTHER: 'red' },
      again: nothing,
    },
  ]
}

function touchAll(dir: string): void {
  const now = new Date()
  for (const entry of fs.readdirSync(dir, { recursive: true, withFileTypes: true })) {
    if (!entry.isDirectory()) fs.utimesSync(path.join(entry.parentPath, entry.name), now, now)
  }
}
