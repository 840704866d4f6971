import { addFile, deleteFile, renameFile, shadowFile, swapFiles } from './edits/files.mjs'
import {
  appear,
  changeEnv,
  changeKit,
  changeOption,
  changePackage,
  flipSwitch,
} from './edits/settings.mjs'
import { appendText, changeStealthily, changeText, reformat, touch } from './edits/text.mjs'

/** How often each comes, of the sum of all. */
const weights = [
  [changeText, 22],
  [appendText, 10],
  [changeStealthily, 7],
  [reformat, 3],
  [touch, 3],
  [renameFile, 8],
  [deleteFile, 7],
  [addFile, 4],
  [shadowFile, 5],
  [swapFiles, 6],
  [flipSwitch, 10],
  [changeOption, 6],
  [changeEnv, 8],
  [appear, 9],
  [changePackage, 5],
  [changeKit, 5],
]
const deck = weights.flatMap(([edit, weight]) => new Array(weight).fill(edit))

/** Makes one random edit and tells what it was. Depends on nothing but the copy, the environment and `random`. */
export function editOnce(copy) {
  for (let tries = 0; tries < 100; tries++) {
    const edit = copy.random.pick(deck)
    const done = edit(copy)
    if (done !== undefined) return `${edit.name}: ${done}`
  }
  throw new Error('No edit can be done')
}
