import { readFileSync } from 'node:fs'
import { buildkite, circleci, github, gitlab, netlify, otherCi, vercel } from './ci.ts'
import { wrongScope } from './errors.ts'
import { defaultBranch } from './git.ts'

export type Env = Readonly<Record<string, string | undefined>>

/** Where a build stands among those that share: what it may write, and whom it believes. */
export interface Scopes {
  /** The one scope that is written to. */
  readonly own: string
  /** Scopes that are read, the nearest first: own, base branch, default branch. */
  readonly reads: readonly string[]
  /** Why nothing may be written, whatever keys there are; undefined where it may. */
  readonly untrusted: string | undefined
  readonly isCi: boolean
  /** Who we are, for those who read what we wrote, e.g. `github owner/app 123456`. */
  readonly producer: string
}

/** What a CI says of a build in its environment. */
export interface CiBuild {
  readonly name: string
  /** Undefined where it can't be told. */
  readonly scope: string | undefined
  readonly base?: string | undefined
  readonly defaultBranch?: string | undefined
  /** Why what this build runs may be anybody's. */
  readonly untrusted?: string | undefined
  readonly run?: string | undefined
}

export interface ScopesFrom {
  readonly env: Env
  /** Of the options; counts on one's own machine only. */
  readonly given: string | undefined
  /** The workspace, for its git folder. */
  readonly root: string
  /** For tests. @default the file system's */
  readonly readFile?: (file: string) => string
}

/** What machines of people write, together. A branch can't have such a name. */
export const LOCAL_SCOPE = ':local'

/**
 * Decides by the environment alone who may write where; an option can't, because a repository's
 * config is part of what is built. A branch is its own scope, so is a pull request (`pr:12`): no
 * branch can have such a name, for git allows no colon in one.
 */
export function findScopes({ env, given, root, readFile = readText }: ScopesFrom): Scopes {
  const ci = ciBuildOf(env, readFile)
  const asked = env['REMEMBER_SCOPE'] || undefined
  if (asked !== undefined) checkScope('environment variable REMEMBER_SCOPE', asked)
  if (given !== undefined) checkScope('option `share.scope`', given)
  const own = asked ?? (ci ? (ci.scope ?? `:${ci.name}`) : (given ?? LOCAL_SCOPE))
  const main = ci?.defaultBranch || defaultBranch(root) || 'main'
  const reads = [...new Set([own, ci?.base || main, main])]
  return {
    own,
    reads,
    untrusted: ci?.untrusted ?? (ci && own.startsWith(':') ? unknownScope(ci) : undefined),
    isCi: ci !== undefined,
    producer: ci
      ? [ci.name, ci.run].filter(Boolean).join(' ').slice(0, 200)
      : 'a machine of a person',
  }
}

function unknownScope({ name }: CiBuild): string {
  return `${name} does not say which branch this is: set REMEMBER_SCOPE`
}

function ciBuildOf(env: Env, readFile: (file: string) => string): CiBuild | undefined {
  if (env['GITHUB_ACTIONS'] === 'true') return github(env, readFile)
  if (env['GITLAB_CI'] === 'true') return gitlab(env)
  if (env['BUILDKITE'] === 'true') return buildkite(env)
  if (env['CIRCLECI'] === 'true') return circleci(env)
  if (env['NETLIFY'] === 'true') return netlify(env)
  if (env['VERCEL'] === '1') return vercel(env)
  return otherCi(env)
}

/** @throws RememberError for what can be no scope */
export function checkScope(where: string, scope: unknown): asserts scope is string {
  const isText = typeof scope === 'string' && scope.length > 0 && scope.length <= 200
  if (!isText || /\p{Cc}/u.test(scope)) throw wrongScope(where, scope)
}

function readText(file: string): string {
  return readFileSync(file, 'utf8')
}
