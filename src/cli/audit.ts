import fs from 'node:fs'
import { exitCodes } from './exitCodes.ts'
import os from 'node:os'
import path from 'node:path'
import { audit as runAudit, CannotAudit } from './audit/audit.ts'
import { describeAudit } from './audit/print.ts'
import { createRunner } from './audit/run.ts'

export interface AuditArgs {
  readonly json?: boolean | undefined
}

export async function runAuditCommand(args: AuditArgs, rawArgs: readonly string[]): Promise<void> {
  const at = rawArgs.indexOf('--')
  const command = at === -1 ? [] : rawArgs.slice(at + 1)
  if (command.length === 0) {
    console.error('Say after -- how to build, e.g. remember audit -- vite build')
    process.exitCode = exitCodes.usage
    return
  }
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'remember-audit-'))
  try {
    const runner = createRunner(command, home)
    const result = await runAudit(runner, (build) => console.error(`remember audit: ${build} …`))
    console.log(args.json ? JSON.stringify(result, undefined, 2) : describeAudit(result))
    const isUnsafe = result.plugins.some(
      ({ role, verdict }) => role === 'remembered' && verdict === 'not safe',
    )
    process.exitCode = isUnsafe || result.unexplained.length > 0 ? exitCodes.nothing : exitCodes.ok
  } catch (error) {
    if (!(error instanceof CannotAudit)) throw error
    console.error(error.message)
    process.exitCode = exitCodes.usage
  } finally {
    fs.rmSync(home, { recursive: true, force: true })
  }
}
