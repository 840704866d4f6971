import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { repository, tempRoots } from './temp.ts'

/** Sees that dist/ is what src/ gives, and gives the run its own temporary folders, which go when it ends. */
export default function setup(): () => void {
  const script = path.join(repository, 'scripts/setup.mjs')
  execFileSync(process.execPath, [script], { stdio: 'inherit' })
  process.env['REMEMBER_TEST_RUN'] = `tests-${process.pid}`
  return () => {
    for (const dir of Object.values(tempRoots())) fs.rmSync(dir, { recursive: true, force: true })
  }
}
