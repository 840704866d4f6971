export {
  runNode,
  runNodeOrThrow,
  type RunOptions,
  type RunResult,
} from '../../scripts/lib/runNode.mjs'
