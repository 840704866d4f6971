export type Host =
  | 'vite-8'
  | 'vite-7'
  | 'vite-6'
  | 'astro'
  | 'css-tools'
  | 'css-tools-7'
  | 'recipes-7'
  | 'recipes-8'
  | 'sveltekit'
  | 'vite-7-react'
  | 'vitepress'
  | 'vitest-4'
  | 'vitest-5'

/** The folder that a host's packages are installed in. */
export function hostHome(host: Host): string

/** Its node_modules folder, with this project linked into it. */
export function hostModules(host: Host): string
