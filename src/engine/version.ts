/** Put in by scripts/build.mjs. */
declare const __VERSION__: string | undefined

/** Of this package; `source` where it runs unbuilt. */
export const PACKAGE_VERSION: string = typeof __VERSION__ === 'string' ? __VERSION__ : 'source'
