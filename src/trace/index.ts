export { readKept, writeKept, type TextDigest } from './keptText.ts'
export { isSettled, stampOf, statOf } from './stamp.ts'
export { openDigests } from './digests.ts'
export { createInputs, portableEnv, type Inputs } from './inputs.ts'
export { createObservation, type Observation } from './observation.ts'
export { holdPatches, notePrinted, observe, seeing, unobserved } from './patch.ts'
export { watchUnseen } from './unseen.ts'
export {
  chainsOf,
  inputName,
  keepInputs,
  keptInputs,
  noteSeen,
  subjectOf,
  tornInput,
} from './kept.ts'
