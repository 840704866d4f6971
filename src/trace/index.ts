export { createInputs, type Inputs } from './inputs.ts'
export { createObservation } from './observation.ts'
export { holdPatches, notePrinted, observe, unobserved } from './patch.ts'
export { inputName, keepInputs, keptInputs } from './kept.ts'
