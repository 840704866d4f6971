import fs from 'node:fs'
import type { PolicyCall } from './policy.ts'

// Taken once, for these properties of `fs` are observed while hooks run.
const { readFileSync } = fs

/**
 * Why a sheet that Tailwind works on runs in every build, or nothing. Tailwind 4 reads the whole
 * project natively. Tailwind 3 (3.4.19, `setupTrackingContext`) keeps the classes of the sheet with
 * its directives for the `@apply` of others: without the one the others fail. And nothing would be
 * saved: nearly every edit is in a file that is scanned.
 */
export function tailwindRefusal(
  call: PolicyCall,
  watchFiles: readonly string[],
): string | undefined {
  const works =
    directives.test(call.code ?? '') ||
    watchFiles.some((file) => styleSheet.test(file) && directives.test(read(file)))
  return works ? 'Tailwind scans the whole project' : undefined
}

/** Those of UnoCSS's and Panda's PostCSS plugins too, which scan as well. */
const directives =
  /@(?:tailwind|apply|source|unocss|windicss)\b|@import\s+(?:url\(\s*)?['"]tailwindcss|@layer\s+reset,\s*base,\s*tokens\b/
const styleSheet = /\.(?:css|scss|sass|less|styl|stylus|pcss|postcss|sss)$/

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
