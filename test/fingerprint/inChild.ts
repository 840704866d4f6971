import fs from 'node:fs'
import path from 'node:path'
import { deserialize } from 'node:v8'
import type { Fingerprint } from '../../src/fingerprint/index.ts'
import { bundle } from '../support/bundle.ts'
import { runNodeOrThrow } from '../support/runNode.ts'
import { tempDir } from '../support/temp.ts'
import type { Task } from './child.ts'

/** Bundles the child once; gives the function that walks in a new process. For a `beforeAll`. */
export async function walker(): Promise<(task: Task) => Promise<Record<string, Fingerprint>>> {
  const script = await bundle('test/fingerprint/child.ts')
  return async (task) => {
    const dir = tempDir()
    const taskFile = path.join(dir, 'task.json')
    const answerFile = path.join(dir, 'answer.json')
    fs.writeFileSync(taskFile, JSON.stringify(task))
    await runNodeOrThrow(script, { args: [taskFile, answerFile], env: { NODE_ENV: 'production' } })
    return deserialize(fs.readFileSync(answerFile)) as Record<string, Fingerprint>
  }
}

/** Writes files below a folder, e.g. `{ 'src/a.ts': 'export {}' }`, and gives the folder back. */
export function writeFiles(dir: string, files: Readonly<Record<string, string>>): string {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(dir, name)
    fs.mkdirSync(path.dirname(file), { recursive: true })
    fs.writeFileSync(file, content)
  }
  return dir
}
