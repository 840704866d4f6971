import fs from 'node:fs'
import path from 'node:path'
import type { Run } from '../runs.ts'
import { hint, ok, problem, type Finding } from './finding.ts'

type Env = Readonly<Record<string, string | undefined>>

interface Service {
  readonly name: string
  /** Set in its jobs. */
  readonly variable: string
  /** Its settings, relative to the workspace: a file, or a folder of them. */
  readonly settings: string
  readonly remedy: (folder: string) => string
}

const services: readonly Service[] = [
  {
    name: 'GitHub Actions',
    variable: 'GITHUB_ACTIONS',
    settings: '.github/workflows',
    remedy: (folder) =>
      `Before the build: uses: actions/cache, with path: ${folder}, key: remember-\${{ github.ref_name }}-\${{ github.run_id }}, restore-keys: remember-\${{ github.ref_name }}- and remember-`,
  },
  {
    name: 'GitLab CI',
    variable: 'GITLAB_CI',
    settings: '.gitlab-ci.yml',
    remedy: (folder) => `In the job: cache: { key: remember, paths: ['${folder}'] }`,
  },
  {
    name: 'CircleCI',
    variable: 'CIRCLECI',
    settings: '.circleci/config.yml',
    remedy: (folder) =>
      `restore_cache before the build and save_cache after, with paths: ['${folder}'] and a key that ends in {{ .Revision }}`,
  },
]

/** Whether CI keeps the store from job to job: in CI by what the last build found, elsewhere by its settings. */
export function checkCI(
  env: Env,
  workspaceRoot: string,
  folder: string,
  run: Run | undefined,
): Finding[] {
  const here = services.find(({ variable }) => env[variable])
  if (here || (env['CI'] && env['CI'] !== 'false')) {
    const name = here?.name ?? 'CI'
    const remedy = here?.remedy(folder) ?? `Restore ${folder} before the build, and save it after.`
    if (run && !run.notes.some(({ newStore }) => newStore !== undefined)) {
      return [ok('ci', `${name} restored the store`)]
    }
    return [problem('ci', `${name} began with an empty store`, remedy)]
  }
  return services.flatMap(({ name, settings, remedy }): Finding[] => {
    const texts = textsAt(path.join(workspaceRoot, settings))
    if (texts.length === 0) return []
    if (texts.some((text) => mentions(text, folder)))
      return [ok('ci', `${settings} names the store`)]
    return [
      hint('ci', `${settings} does not name the store: ${name} may not restore it`, remedy(folder)),
    ]
  })
}

/** The folder, one above it, or the variable that names it. */
function mentions(text: string, folder: string): boolean {
  const above = folder.split('/').map((_, at, parts) => parts.slice(0, at + 1).join('/'))
  return (
    text.includes('REMEMBER_DIR') ||
    // `node_modules` alone is named by much else
    above
      .filter((each) => each !== '' && each !== 'node_modules')
      .some((each) => text.includes(each)) ||
    /(?:path|paths|key):?[^\n]*\n?[\s-]*['"]?node_modules\/?['"]?\s*$/m.test(text)
  )
}

function textsAt(place: string): string[] {
  try {
    if (fs.statSync(place).isFile()) return [fs.readFileSync(place, 'utf8')]
    return fs
      .readdirSync(place)
      .filter((name) => /\.ya?ml$/.test(name))
      .map((name) => fs.readFileSync(path.join(place, name), 'utf8'))
  } catch {
    return []
  }
}
