import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { chooseInAudit, resolveOptions } from '../../src/plugin/index.ts'
import { tempDir } from '../support/temp.ts'

function chooser(only?: readonly string[]) {
  const log = path.join(tempDir(), 'log')
  const choose = chooseInAudit({
    mode: 'readwrite',
    store: '',
    contents: '',
    log,
    ...(only && { only }),
  })
  const options = resolveOptions({
    include: 'mine',
    exclude: ['not', { plugin: 'half', hooks: ['load'] }],
  })
  return (name: string, marked?: object): string => {
    fs.writeFileSync(log, '')
    const plugin = { name, load: () => null, transform: () => null }
    const choice = choose(plugin, marked, options, undefined, false)
    const noted = fs.readFileSync(log, 'utf8')
    const role = noted && (JSON.parse(noted) as { role: string }).role
    return `${role} ${choice?.hooks.join(' ')}`
  }
}

test.each([
  ['vite:vue', 'remembered load transform'],
  ['mine', 'remembered load transform'],
  ['stranger', 'tried load transform'],
  ['vite:react-something', 'tried load transform'],
  ['half', 'tried transform'],
  ['not', ' undefined'],
  // what is known not to be
  ['commonjs', ' undefined'],
  // the hosts' own
  ['vite:import-glob', ' undefined'],
  ['alias', ' undefined'],
  ['builtin:vite-transform', ' undefined'],
  // nobody could include it
  ['', ' undefined'],
  ['vite-plugin-remember', ' undefined'],
])('%j: %s', (name, expected) => {
  expect(chooser()(name)).toBe(expected)
})

test('a marked one is remembered today', () => {
  expect(chooser()('stranger', { hooks: ['load'] })).toBe('remembered load')
})

test('those that are not asked for are noted and left alone', () => {
  const choose = chooser(['mine'])
  expect(choose('mine')).toBe('remembered load transform')
  expect(choose('stranger')).toBe('tried undefined')
})
