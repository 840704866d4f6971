export { createInputs, type Inputs } from './inputs.ts'
export { createObservation, type Look, type Observation } from './observation.ts'
export { holdPatches, observe, unobserved } from './patch.ts'
export { inputName, keepInputs, keptInputs } from './kept.ts'
