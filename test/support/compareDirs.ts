export { compareDirs, listFiles } from '../../scripts/lib/compareDirs.mjs'
