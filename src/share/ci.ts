import type { CiBuild, Env } from './scopes.ts'

// What each CI says of a build. Where a fork's code may run, nothing is written, and where it can't
// be told, neither: a scope must never hold what somebody put there who could not have pushed to it.

/**
 * Events that run the code of a branch for those who may push to it. All others, `pull_request_target`
 * and `workflow_run` among them, bear the name of the default branch and may run anybody's code.
 */
const branchEvents: ReadonlySet<string> = new Set([
  'create',
  'merge_group',
  'push',
  'release',
  'repository_dispatch',
  'schedule',
  'workflow_dispatch',
])

/** https://docs.github.com/actions/reference/workflows-and-actions/variables */
export function github(env: Env, readFile: (file: string) => string): CiBuild {
  const event = env['GITHUB_EVENT_NAME'] ?? ''
  const payload = readEvent(env['GITHUB_EVENT_PATH'], readFile)
  const build = {
    name: 'github',
    run: `${env['GITHUB_REPOSITORY'] ?? ''} ${env['GITHUB_RUN_ID'] ?? ''}`.trim(),
    defaultBranch: text(payload, 'repository', 'default_branch'),
  }
  const ref = env['GITHUB_REF_NAME'] || undefined
  if (branchEvents.has(event)) {
    const isTag = env['GITHUB_REF_TYPE'] === 'tag'
    return { ...build, scope: isTag && ref ? `tag:${ref}` : ref }
  }
  const number = /^refs\/pull\/(\d+)\//.exec(env['GITHUB_REF'] ?? '')?.[1]
  if (event === 'pull_request' && number !== undefined) {
    const head = text(payload, 'pull_request', 'head', 'repo', 'full_name')
    const isOwn = head !== undefined && head === env['GITHUB_REPOSITORY']
    const base = env['GITHUB_BASE_REF'] || undefined
    const scope = `pr:${number}`
    return { ...build, scope, base, untrusted: isOwn ? undefined : 'a pull request from a fork' }
  }
  const untrusted = `event ${event || 'unknown'}, which may run the code of a fork`
  return { ...build, scope: `event:${event}`, base: env['GITHUB_BASE_REF'] || undefined, untrusted }
}

/** https://docs.gitlab.com/ci/variables/predefined_variables/ */
export function gitlab(env: Env): CiBuild {
  const build = {
    name: 'gitlab',
    run: `${env['CI_PROJECT_PATH'] ?? ''} ${env['CI_JOB_ID'] ?? ''}`.trim(),
    defaultBranch: env['CI_DEFAULT_BRANCH'],
  }
  const merge = env['CI_MERGE_REQUEST_IID']
  if (merge) {
    const source = env['CI_MERGE_REQUEST_SOURCE_PROJECT_ID']
    const isOwn = !!source && source === env['CI_MERGE_REQUEST_PROJECT_ID']
    const base = env['CI_MERGE_REQUEST_TARGET_BRANCH_NAME']
    const untrusted = isOwn ? undefined : 'a merge request from a fork'
    return { ...build, scope: `pr:${merge}`, base, untrusted }
  }
  const external = env['CI_EXTERNAL_PULL_REQUEST_IID']
  if (external) {
    const source = env['CI_EXTERNAL_PULL_REQUEST_SOURCE_REPOSITORY']
    const isOwn = !!source && source === env['CI_EXTERNAL_PULL_REQUEST_TARGET_REPOSITORY']
    const base = env['CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_NAME']
    const untrusted = isOwn ? undefined : 'a pull request from a fork'
    return { ...build, scope: `pr:${external}`, base, untrusted }
  }
  const { CI_COMMIT_TAG: tag, CI_COMMIT_BRANCH: branch } = env
  return { ...build, scope: tag ? `tag:${tag}` : branch || undefined }
}

/** https://buildkite.com/docs/pipelines/configure/environment-variables */
export function buildkite(env: Env): CiBuild {
  const build = {
    name: 'buildkite',
    run: `${env['BUILDKITE_PIPELINE_SLUG'] ?? ''} ${env['BUILDKITE_BUILD_NUMBER'] ?? ''}`.trim(),
    defaultBranch: env['BUILDKITE_PIPELINE_DEFAULT_BRANCH'],
  }
  const pull = env['BUILDKITE_PULL_REQUEST']
  if (pull && pull !== 'false') {
    const source = repositoryOf(env['BUILDKITE_PULL_REQUEST_REPO'])
    const isOwn = source !== undefined && source === repositoryOf(env['BUILDKITE_REPO'])
    const base = env['BUILDKITE_PULL_REQUEST_BASE_BRANCH'] || undefined
    const untrusted = isOwn ? undefined : 'a pull request from a fork'
    return { ...build, scope: `pr:${pull}`, base, untrusted }
  }
  const { BUILDKITE_TAG: tag, BUILDKITE_BRANCH: branch } = env
  return { ...build, scope: tag ? `tag:${tag}` : branch || undefined }
}

/** https://circleci.com/docs/reference/variables/ ; `CIRCLE_PR_*` are there for forks only. */
export function circleci(env: Env): CiBuild {
  const { CIRCLE_TAG: tag, CIRCLE_BRANCH: branch } = env
  const build = {
    name: 'circleci',
    run: [
      env['CIRCLE_PROJECT_USERNAME'],
      env['CIRCLE_PROJECT_REPONAME'],
      env['CIRCLE_BUILD_NUM'],
    ].join(' '),
  }
  const number = env['CIRCLE_PR_NUMBER'] || /^pull\/(\d+)/.exec(branch ?? '')?.[1]
  if (number) return { ...build, scope: `pr:${number}`, untrusted: 'a pull request from a fork' }
  return { ...build, scope: tag ? `tag:${tag}` : branch || undefined }
}

/** https://docs.netlify.com/build/configure-builds/environment-variables/ */
export function netlify(env: Env): CiBuild {
  const build = { name: 'netlify', run: env['BUILD_ID'] }
  if (env['PULL_REQUEST'] === 'true' || env['CONTEXT'] === 'deploy-preview') {
    // it does not tell forks from branches
    const untrusted = 'a preview of a pull request, which may be from a fork'
    return { ...build, scope: `pr:${env['REVIEW_ID'] || 'unknown'}`, untrusted }
  }
  return { ...build, scope: env['BRANCH'] || undefined }
}

/** https://vercel.com/docs/environment-variables/system-environment-variables */
export function vercel(env: Env): CiBuild {
  const build = { name: 'vercel', run: env['VERCEL_DEPLOYMENT_ID'] }
  const ref = env['VERCEL_GIT_COMMIT_REF'] || undefined
  if (env['VERCEL_ENV'] === 'production') return { ...build, scope: ref }
  const pull = env['VERCEL_GIT_PULL_REQUEST_ID']
  // a fork's branch may have any name, also that of ours
  const scope = pull ? `pr:${pull}` : ref && `preview:${ref}`
  return { ...build, scope, untrusted: 'a preview, which may be of a fork' }
}

/** Any other CI: `CI` is set, and only REMEMBER_SCOPE can tell the branch. */
export function otherCi(env: Env): CiBuild | undefined {
  const said = env['CI']
  return said && said !== 'false' && said !== '0' ? { name: 'ci', scope: undefined } : undefined
}

/** `owner/app` of `git@github.com:owner/app.git` and `https://github.com/owner/app`, with the host. */
function repositoryOf(url: string | undefined): string | undefined {
  const [, host, name] =
    /^(?:\w+:\/\/)?(?:[^@/]+@)?([^/:]+)(?::\d+)?[/:](.+?)(?:\.git)?\/?$/.exec(url ?? '') ?? []
  return host && name && `${host}/${name}`.toLowerCase()
}

function readEvent(
  file: string | undefined,
  readFile: (file: string) => string,
): Record<string, unknown> | undefined {
  try {
    return file ? (JSON.parse(readFile(file)) as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

function text(from: unknown, ...path: readonly string[]): string | undefined {
  let at = from
  for (const label of path) at = (at as Record<string, unknown> | null | undefined)?.[label]
  return typeof at === 'string' && at !== '' ? at : undefined
}
