import { expect, test } from 'vitest'
import type { CachePolicy, NeverPolicy } from '../../src/policies/policy.ts'
import { findPolicy, policies } from '../../src/policies/table.ts'

function name({ plugin }: { plugin: string | RegExp }): string {
  return typeof plugin === 'string'
    ? `\`${plugin}\``
    : `\`${plugin.source.replaceAll('|', '\\|')}\``
}

function cacheRow(policy: CachePolicy): string {
  const state = policy.state === 'file' ? 'state per file, hydrated' : 'none left behind'
  return `| ${name(policy)} | ${policy.hooks.join(', ')} | ${policy.checked} | ${state} | ${elsewhere(policy)} |`
}

function elsewhere({ paths }: CachePolicy): string {
  if (paths === undefined) return 'not used'
  return paths === 'plain' ? 'used, paths moved' : 'used where no path is in it'
}

function neverRow(policy: NeverPolicy): string {
  return `| ${name(policy)} | ${policy.why} |`
}

// `npx vitest run test/policies --update` writes the page again
test('docs/policies.md is the table', async () => {
  const cached = policies.filter((policy) => policy.verdict === 'cache')
  const never = policies.filter((policy) => policy.verdict === 'never')
  const page = `# Policies

Which plugins are remembered. This page is written by \`npx vitest run test/policies --update\` from \`src/policies\`.

## Remembered

| plugin | hooks | checked with | state | in another checkout |
| --- | --- | --- | --- | --- |
${cached.map(cacheRow).join('\n')}

*State per file, hydrated*: later hooks of the plugin read what earlier calls for the same file left in memory, so before any original runs for a file, its calls that were answered from the store run for real.

*In another checkout*: [how a key is made](keys.md#another-checkout). What a Babel preset, a remark plugin or a PostCSS plugin of yours does with a path counts as its host plugin's: one that hashes the absolute path of a file, and shows the path nowhere, needs \`remembered(babel(…), { extra: { root: import.meta.dirname } })\`.

Calls of these plugins that are not stored, always: those that call \`this.load\`, \`this.getModuleInfo\` and the like, which no replay can repeat; those that print to the terminal; CSS modules and styles that emit assets (\`vite:css\`); Terser with \`nameCache\`.

## Never

| plugin | why |
| --- | --- |
${never.map(neverRow).join('\n')}

## Unknown

Plugins that are not in these tables are not remembered unless you say so: \`include: ['my-plugin']\` or \`remembered(myPlugin())\`. Say so only of plugins whose hooks depend on nothing but their arguments, options and files, and leave nothing behind for other hooks.
`
  await expect(page).toMatchFileSnapshot('../../docs/policies.md')
})

test('every never has its reason, every recipe its versions', () => {
  for (const policy of policies) {
    expect(policy.verdict === 'never' ? policy.why : policy.checked).not.toBe('')
  }
})

test.each([
  ['vite:vue', 'cache'],
  ['vite:css', 'cache'],
  ['vite:css-post', 'never'],
  ['commonjs', 'never'],
  ['vite-plugin-svelte:compile-module', 'cache'],
  ['vite-plugin-svelte:load-compiled-css', undefined],
  ['builtin:vite-transform', 'never'],
  ['somebody-elses', undefined],
])('%s is %s', (plugin, verdict) => {
  expect(findPolicy(plugin)?.verdict).toBe(verdict)
})
