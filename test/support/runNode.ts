export { runNode, runNodeOrThrow, type RunResult } from '../../scripts/lib/runNode.mjs'
