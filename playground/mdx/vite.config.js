import { env } from 'node:process'
import mdx from '@mdx-js/rollup'
import rehypeSlug from 'rehype-slug'
import remarkFrontmatter from 'remark-frontmatter'
import remarkGfm from 'remark-gfm'
import { defineConfig } from 'vite'
import remember from 'vite-plugin-remember'
import { remarkCallouts } from './remark/callouts.js'
import { remarkMeta } from './remark/meta.js'

export default defineConfig({
  plugins: [
    env.PLAYGROUND_PLAIN !== '1' && remember(),
    mdx({
      remarkPlugins: [
        remarkGfm,
        remarkFrontmatter,
        remarkMeta,
        [remarkCallouts, { component: env.PLAYGROUND_CALLOUT || 'Callout' }],
      ],
      rehypePlugins: [[rehypeSlug, { prefix: env.PLAYGROUND_SLUG_PREFIX || '' }]],
    }),
  ],
  build: {
    outDir: env.PLAYGROUND_OUT || 'dist',
    emptyOutDir: true,
    sourcemap: env.PLAYGROUND_SOURCEMAP === '1',
    chunkSizeWarningLimit: 50_000,
    reportCompressedSize: false,
    // Vite 8 would otherwise print a warning that depends on the clock.
    rolldownOptions: { checks: { bundlerTimings: false } },
  },
})
