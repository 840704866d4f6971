import path from 'node:path'
import { generate } from '../generate.mjs'
import { lastStats } from '../lib/lastStats.mjs'
import { count, seconds } from '../lib/text.mjs'
import { prepareBuilds } from './builds.mjs'
import { median } from './statistics.mjs'
import { markdownTable } from './tables.mjs'

/** Sizes at which an app takes some seconds. */
const apps = {
  vue: 300,
  'react-compiler': 100,
  svelte: 150,
  mdx: 100,
  css: 200,
  'rollup-library': 100,
}

/**
 * What plugins gain, as the records of real builds tell: for each app a cold and then warm ones.
 * Break-even is the share of calls that has to be reused for it to pay: a miss costs a look-up too.
 */
export async function measureBenefit(settings) {
  const rows = await overApps(settings, async (app, warm) =>
    warm
      .at(-1)
      .plugins.map((row) => [
        app,
        `${row.plugin} ${row.hook}`,
        count(row.hits),
        us(row.callMs),
        us(row.hitMs),
        row.callMs && row.hitMs ? percent(row.hitMs / row.callMs) : '',
        seconds(median(warm.map((each) => ofHook(each, row)?.savedMs ?? 0))),
        seconds(median(warm.map((each) => ofHook(each, row)?.spentMs ?? 0))),
      ]),
  )
  const head = [
    'app',
    'plugin',
    'calls',
    'median call',
    'median hit',
    'break-even',
    'saved',
    'spent',
  ]
  return markdownTable(head, rows)
}

function ofHook({ plugins }, { plugin, hook }) {
  return plugins.find((one) => one.plugin === plugin && one.hook === hook)
}

/**
 * Where the time of warm builds goes: hook calls that nobody remembers, by plugin; ours; the rest is
 * the host and Node's start. By their records, so on the wall and on the one thread of hooks.
 */
export async function measureWhere(settings) {
  const rows = await overApps(settings, async (app, warm, walls) => {
    const wall = median(walls)
    const middle = (pick) => median(warm.map(pick))
    const spent = middle(({ spentMs }) => spentMs)
    const prints = middle(({ costs }) => costs.fingerprintMs)
    const computed = warm.map(({ others }) => others.reduce((sum, { ms }) => sum + ms, 0))
    const slowest = bySum(warm.at(-1).others).slice(0, 3)
    const host = wall - spent - prints - median(computed)
    return [
      [
        app,
        seconds(wall),
        share(host, wall),
        share(median(computed), wall),
        slowest.map(([name, ms]) => `${name} ${share(ms, wall)}`).join(', '),
        share(spent, wall),
        share(prints, wall),
      ],
    ]
  })
  const head = [
    'app',
    'warm',
    'host',
    'hooks not remembered',
    'of these',
    'look-ups',
    'fingerprints',
  ]
  return markdownTable(head, rows)
}

function bySum(others) {
  const sums = new Map()
  for (const { plugin, ms } of others) sums.set(plugin, (sums.get(plugin) ?? 0) + ms)
  return [...sums].sort(([, a], [, b]) => b - a)
}

/** Builds each app cold, then warm as often as there are runs; gives the rows for all. */
async function overApps({ runs, sizes, home, log }, rowsOf) {
  const rows = []
  for (const [app, usual] of Object.entries(apps)) {
    const size = sizes?.[0] ?? usual
    const bench = prepareBuilds(app, undefined, path.join(home, app))
    log(`${app}, ${size} components`)
    await generate(app, size, bench.dir)
    await bench.plain()
    await bench.cold()
    const warm = []
    const walls = []
    for (let run = 0; run < runs; run++) {
      walls.push((await bench.warm()).wallMs)
      warm.push(await lastStats(bench.store))
    }
    rows.push(...(await rowsOf(`${app}, ${size}`, warm, walls)))
  }
  return rows
}

function us(ms) {
  return ms === undefined ? '' : `${count(Math.round(ms * 1000))} µs`
}

function percent(share) {
  return `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`
}

function share(ms, of) {
  return percent(ms / of)
}
