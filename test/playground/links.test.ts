import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { compareDirs } from '../support/compareDirs.ts'
import { copyPlayground } from '../support/playground.ts'
import { countedConfig, rememberedCalls } from './counted.ts'

// plugin-vue compiles a template in a file of its own with what it knows of the component that names it

const component = (setup: string): string => `<script setup lang="ts">
import { ref } from 'vue'
${setup}
</script>
<template src="./label.html"></template>
<style scoped src="./label.css"></style>
`

const sources = {
  'main.ts': `import Label from './Label.vue'\nimport Other from './Other.vue'\nconsole.log(Label, Other, ref)\nimport { ref } from 'vue'\n`,
  'Label.vue': component(`const text = 'still'`),
  'label.html': '<p>{{ text }}</p>',
  'label.css': 'p { color: red }',
  'Other.vue': '<template><i>other</i></template>\n',
}

describe.each(['vite-8', 'vite-7'] as const)('%s: a block in a file of its own', (host) => {
  test('depends on its component, and brings its state along', async () => {
    const { dir, build } = await small(host)
    await build('cold')
    expect(await build('warm')).toEqual([])

    // the same template text compiles to other code when what it speaks of is no constant any more
    write(dir, 'Label.vue', component(`const text = ref('moving')`))
    const script = await build('script')
    expect(script).toEqual(expect.arrayContaining([expect.stringContaining('label.html?vue')]))
    expect(script.filter((call) => call.includes('Other.vue'))).toEqual([])

    write(dir, 'label.html', '<p>{{ text }}!</p>')
    const template = await build('template')
    expect(template.filter((call) => /^vite:vue .*label\.html/.test(call)).length).toBe(2)
    // run once more for what it leaves behind
    expect(template.filter((call) => call.endsWith('transform src/Label.vue')).length).toBe(1)
    expect(template.filter((call) => call.includes('Other.vue'))).toEqual([])

    write(dir, 'Label.vue', component(`const text = 'still'`))
    write(dir, 'label.html', sources['label.html'])
    expect(await build('back')).toEqual([])
  })
})

async function small(host: 'vite-8' | 'vite-7') {
  const playground = await copyPlayground('vue', host)
  const { dir } = playground
  for (const [name, content] of Object.entries(sources)) write(dir, name, content)
  const config = countedConfig(dir, undefined)
  const calls = path.join(dir, 'calls.json')

  async function run(out: string, plain: '1' | undefined): Promise<string[]> {
    const env = { PLAYGROUND_PLAIN: plain, REMEMBER_TEST_CALLS: calls }
    await playground.build(out, { config, env })
    return rememberedCalls(calls, dir)
  }

  return {
    dir,
    /** Builds with us and without; answers the calls that ran with us. */
    async build(out: string): Promise<string[]> {
      const ran = await run(out, undefined)
      await run(`${out}-plain`, '1')
      expect(compareDirs(path.join(dir, `${out}-plain`), path.join(dir, out))).toEqual([])
      return ran
    },
  }
}

function write(dir: string, name: string, content: string): void {
  fs.writeFileSync(path.join(dir, 'src', name), content)
}
