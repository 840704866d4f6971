export { createInputs, type Inputs } from './inputs.ts'
export { createObservation } from './observation.ts'
export { holdPatches, notePrinted, observe } from './patch.ts'
export { inputName, keepInputs, keptInputs } from './kept.ts'
