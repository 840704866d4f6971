import { rolldown } from 'rolldown'

export async function bundle(entries, dir) {
  const build = await rolldown({
    input: entries,
    external: /^(?![./]|[A-Za-z]:[\\/])/,
    platform: 'node',
    transform: { define: { __VERSION__: '"0.0.0-test"' } },
  })
  await build.write({
    dir,
    format: 'esm',
    entryFileNames: '[name].mjs',
    chunkFileNames: '[name]-[hash].mjs',
  })
  await build.close()
}
