import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { readBuilds } from '../../engine/index.ts'
import {
  auditVariable,
  type AuditNote,
  type AuditPhase,
  type BuildNotes,
} from '../../plugin/index.ts'

/** One run of the build command. */
export interface BuildRun {
  /** Why it failed: the last lines it printed. */
  readonly failed: string | undefined
  readonly ms: number
  readonly notes: readonly AuditNote[]
  /** Path relative to the working directory → digest. */
  readonly outputs: ReadonlyMap<string, string>
  /** Records of the builds it made. */
  readonly builds: readonly BuildNotes[]
}

export interface Runner {
  run(phase: Pick<AuditPhase, 'mode' | 'only' | 'order'>, store: string): Promise<BuildRun>
  /** An output's content. */
  content(digest: string): Buffer
}

/**
 * Runs the build command again and again, each time with what the audit wants of it.
 *
 * @param home an empty folder for stores, logs and outputs
 */
export function createRunner(command: readonly string[], home: string): Runner {
  const contents = path.join(home, 'contents')
  const file = path.join(home, 'phase.json')
  const log = path.join(home, 'log')
  fs.mkdirSync(contents)
  const seen = new Set<string>()

  return {
    async run(wanted, name) {
      const store = path.join(home, name)
      const phase: AuditPhase = { ...wanted, store, log, contents }
      fs.writeFileSync(log, '')
      fs.writeFileSync(file, JSON.stringify(phase))
      const ended = await execute(command, file)
      const notes = fs
        .readFileSync(log, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as AuditNote)
      const records = (await readBuilds(store)).filter(({ id }) => !seen.has(id))
      for (const { id } of records) seen.add(id)
      return {
        ...ended,
        notes,
        outputs: outputsOf(notes, contents, fs.statSync(file).mtimeMs),
        builds: records.map((record) => record.notes as unknown as BuildNotes),
      }
    },
    content: (digest) => fs.readFileSync(path.join(contents, digest)),
  }
}

function execute(
  [program = '', ...args]: readonly string[],
  phaseFile: string,
): Promise<Pick<BuildRun, 'failed' | 'ms'>> {
  const env = { ...process.env }
  delete env['REMEMBER']
  delete env['REMEMBER_DIR']
  // `Path` on Windows
  const pathName = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH'
  const began = performance.now()
  let printed = ''
  const child = spawn(program, args, {
    env: { ...env, [pathName]: pathWithBins(env[pathName]), [auditVariable]: phaseFile },
    stdio: ['ignore', 'pipe', 'pipe'],
    // on Windows a command is a script
    shell: process.platform === 'win32',
  })
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      printed = (printed + chunk.toString()).slice(-10_000)
    })
  }
  return new Promise((resolve) => {
    const end = (failed: string | undefined): void => {
      resolve({ failed, ms: performance.now() - began })
    }
    child.on('error', (error) => end(error.message))
    child.on('close', (code, signal) => {
      const last = printed.trim().split('\n').slice(-8).join('\n')
      end(code === 0 ? undefined : `it ended with ${signal ?? `code ${code}`}:\n${last}`)
    })
  })
}

/** As npm has it when it runs a script. */
function pathWithBins(known = ''): string {
  const bins: string[] = []
  for (let dir = process.cwd(); ; dir = path.dirname(dir)) {
    bins.push(path.join(dir, 'node_modules/.bin'))
    if (dir === path.dirname(dir)) break
  }
  return [...bins, known].join(path.delimiter)
}

/** What hosts wrote, and what plugins wrote beside it by themselves. */
function outputsOf(
  notes: readonly AuditNote[],
  contents: string,
  since: number,
): Map<string, string> {
  const outputs = new Map<string, string>()
  for (const note of notes) {
    if ('output' in note) outputs.set(path.relative('', note.output), note.digest)
  }
  const folders = new Set(notes.flatMap((note) => ('folder' in note ? [note.folder] : [])))
  for (const folder of folders) {
    for (const file of writtenFiles(folder, since)) {
      const bytes = fs.readFileSync(file)
      const digest = createHash('sha256').update(bytes).digest('hex')
      fs.writeFileSync(path.join(contents, digest), bytes)
      outputs.set(path.relative('', file), digest)
    }
  }
  return new Map([...outputs].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Files below a folder that were written since; none for a folder that holds a project. */
function writtenFiles(folder: string, since: number): string[] {
  if (!fs.existsSync(folder) || fs.existsSync(path.join(folder, 'package.json'))) return []
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !file.includes('node_modules') && fs.statSync(file).mtimeMs >= since)
}
