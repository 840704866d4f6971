import { install } from '../../setup/install.mjs'
import { isInstalled } from '../../setup/installed.mjs'

/** Installs what we are measured beside: only benchmarks need it, so `npm test` does not. */
export function ready() {
  if (!isInstalled(import.meta.dirname)) install(import.meta.dirname)
}
