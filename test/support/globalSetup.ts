import fs from 'node:fs'
import { tempRoots } from './temp.ts'

/** Gives the run its own temporary folders, which go when it ends. */
export default function setup(): () => void {
  process.env['REMEMBER_TEST_RUN'] = `tests-${process.pid}`
  return () => {
    for (const dir of Object.values(tempRoots())) fs.rmSync(dir, { recursive: true, force: true })
  }
}
