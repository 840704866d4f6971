import { findWorkspaceRoot } from '../plugin/index.ts'
import { examine, paintFor, type Finding, type Paint } from '../report/index.ts'
import { exitCodes } from './exitCodes.ts'
import { findStore } from './store.ts'

export interface DoctorArgs {
  readonly dir?: string | undefined
  readonly json?: boolean | undefined
}

export async function runDoctor(args: DoctorArgs): Promise<void> {
  const findings = await examine({
    dir: findStore(args.dir),
    workspaceRoot: findWorkspaceRoot(process.cwd()),
    env: process.env,
    now: Date.now(),
    node: process.version,
  })
  const problems = findings.filter(({ level }) => level === 'problem').length
  if (problems > 0) process.exitCode = exitCodes.nothing
  if (args.json) {
    console.log(JSON.stringify({ format: 1, findings }, undefined, 2))
    return
  }
  const paint = paintFor(process.stdout, process.env)
  for (const finding of findings) console.log(describe(finding, paint))
  console.log(
    problems === 0
      ? 'It is set up well.'
      : `${problems} ${problems === 1 ? 'problem' : 'problems'} found.`,
  )
}

function describe({ check, level, says, remedy }: Finding, paint: Paint): string {
  const colour = { ok: paint.green, hint: paint.yellow, problem: paint.red }[level]
  const line = `${colour(level.padEnd(7))}  ${check.padEnd(11)}  ${says}`
  return remedy === undefined ? line : `${line}\n${' '.repeat(22)}${remedy}`
}
