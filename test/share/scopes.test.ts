import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { findScopes, type Env, type Scopes } from '../../src/share/scopes.ts'
import { tempDir } from '../support/temp.ts'

const ownPull = {
  repository: { default_branch: 'trunk' },
  pull_request: { head: { repo: { full_name: 'owner/app' } } },
}
const forkPull = {
  repository: { default_branch: 'trunk' },
  pull_request: { head: { repo: { full_name: 'somebody/app' } } },
}

function scopesOf(env: Env, { event, given }: { event?: unknown; given?: string } = {}): Scopes {
  return findScopes({ env, given, root: tempDir(), readFile: () => JSON.stringify(event) })
}

const github = {
  CI: 'true',
  GITHUB_ACTIONS: 'true',
  GITHUB_REPOSITORY: 'owner/app',
  GITHUB_RUN_ID: '77',
  GITHUB_EVENT_PATH: 'event.json',
}
const pull = {
  ...github,
  GITHUB_EVENT_NAME: 'pull_request',
  GITHUB_REF: 'refs/pull/12/merge',
  GITHUB_REF_NAME: '12/merge',
  GITHUB_BASE_REF: 'release',
  GITHUB_HEAD_REF: 'main',
}
const onMain = { ...github, GITHUB_REF_NAME: 'main', GITHUB_REF_TYPE: 'branch' }
const gitlab = {
  CI: 'true',
  GITLAB_CI: 'true',
  CI_DEFAULT_BRANCH: 'trunk',
  CI_PROJECT_PATH: 'g/app',
}
const buildkite = {
  CI: 'true',
  BUILDKITE: 'true',
  BUILDKITE_PIPELINE_DEFAULT_BRANCH: 'trunk',
  BUILDKITE_REPO: 'git@github.com:owner/app.git',
  BUILDKITE_BRANCH: 'main',
}
const circle = { CI: 'true', CIRCLECI: 'true', CIRCLE_BRANCH: 'feature' }
const netlify = { CI: 'true', NETLIFY: 'true', BRANCH: 'main', CONTEXT: 'production' }
const vercel = { CI: '1', VERCEL: '1', VERCEL_ENV: 'production', VERCEL_GIT_COMMIT_REF: 'main' }

// what the CI says → what is written, what is read, and whether writing is allowed
const table: [string, Env, unknown, string, string[], RegExp | undefined][] = [
  [
    'github, push',
    { ...onMain, GITHUB_EVENT_NAME: 'push' },
    ownPull,
    'main',
    ['main', 'trunk'],
    undefined,
  ],
  [
    'github, a tag',
    { ...onMain, GITHUB_REF_NAME: 'v1', GITHUB_REF_TYPE: 'tag', GITHUB_EVENT_NAME: 'push' },
    ownPull,
    'tag:v1',
    ['tag:v1', 'trunk'],
    undefined,
  ],
  ['github, pull request', pull, ownPull, 'pr:12', ['pr:12', 'release', 'trunk'], undefined],
  [
    'github, pull request of a fork whose branch is called main',
    pull,
    forkPull,
    'pr:12',
    ['pr:12', 'release', 'trunk'],
    /fork/,
  ],
  [
    'github, pull request, event that can not be read',
    pull,
    undefined,
    'pr:12',
    ['pr:12', 'release', 'main'],
    /fork/,
  ],
  [
    'github, pull_request_target',
    { ...onMain, GITHUB_EVENT_NAME: 'pull_request_target', GITHUB_REF: 'refs/heads/main' },
    forkPull,
    'event:pull_request_target',
    ['event:pull_request_target', 'trunk'],
    /pull_request_target/,
  ],
  [
    'github, workflow_run',
    { ...onMain, GITHUB_EVENT_NAME: 'workflow_run' },
    ownPull,
    'event:workflow_run',
    ['event:workflow_run', 'trunk'],
    /workflow_run/,
  ],
  [
    'github, issue_comment',
    { ...onMain, GITHUB_EVENT_NAME: 'issue_comment' },
    ownPull,
    'event:issue_comment',
    ['event:issue_comment', 'trunk'],
    /issue_comment/,
  ],
  [
    'github, an event to come',
    { ...onMain, GITHUB_EVENT_NAME: 'new_event' },
    ownPull,
    'event:new_event',
    ['event:new_event', 'trunk'],
    /new_event/,
  ],
  [
    'gitlab, branch',
    { ...gitlab, CI_COMMIT_BRANCH: 'feature' },
    undefined,
    'feature',
    ['feature', 'trunk'],
    undefined,
  ],
  [
    'gitlab, tag',
    { ...gitlab, CI_COMMIT_TAG: 'v1' },
    undefined,
    'tag:v1',
    ['tag:v1', 'trunk'],
    undefined,
  ],
  [
    'gitlab, merge request',
    {
      ...gitlab,
      CI_MERGE_REQUEST_IID: '3',
      CI_MERGE_REQUEST_PROJECT_ID: '1',
      CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '1',
      CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'release',
    },
    undefined,
    'pr:3',
    ['pr:3', 'release', 'trunk'],
    undefined,
  ],
  [
    'gitlab, merge request of a fork',
    {
      ...gitlab,
      CI_MERGE_REQUEST_IID: '3',
      CI_MERGE_REQUEST_PROJECT_ID: '1',
      CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '2',
    },
    undefined,
    'pr:3',
    ['pr:3', 'trunk'],
    /fork/,
  ],
  [
    'gitlab, external pull request of a fork',
    {
      ...gitlab,
      CI_EXTERNAL_PULL_REQUEST_IID: '4',
      CI_EXTERNAL_PULL_REQUEST_SOURCE_REPOSITORY: 's/app',
      CI_EXTERNAL_PULL_REQUEST_TARGET_REPOSITORY: 'g/app',
    },
    undefined,
    'pr:4',
    ['pr:4', 'trunk'],
    /fork/,
  ],
  ['buildkite, branch', buildkite, undefined, 'main', ['main', 'trunk'], undefined],
  [
    'buildkite, pull request',
    {
      ...buildkite,
      BUILDKITE_PULL_REQUEST: '5',
      BUILDKITE_PULL_REQUEST_REPO: 'https://github.com/owner/app.git',
      BUILDKITE_PULL_REQUEST_BASE_BRANCH: 'release',
    },
    undefined,
    'pr:5',
    ['pr:5', 'release', 'trunk'],
    undefined,
  ],
  [
    'buildkite, pull request of a fork',
    {
      ...buildkite,
      BUILDKITE_PULL_REQUEST: '5',
      BUILDKITE_PULL_REQUEST_REPO: 'https://github.com/somebody/app.git',
    },
    undefined,
    'pr:5',
    ['pr:5', 'trunk'],
    /fork/,
  ],
  ['circleci, branch', circle, undefined, 'feature', ['feature', 'main'], undefined],
  [
    'circleci, pull request of a fork',
    { ...circle, CIRCLE_BRANCH: 'pull/6', CIRCLE_PR_NUMBER: '6' },
    undefined,
    'pr:6',
    ['pr:6', 'main'],
    /fork/,
  ],
  ['netlify, production', netlify, undefined, 'main', ['main'], undefined],
  [
    'netlify, preview',
    { ...netlify, CONTEXT: 'deploy-preview', PULL_REQUEST: 'true', REVIEW_ID: '7' },
    undefined,
    'pr:7',
    ['pr:7', 'main'],
    /fork/,
  ],
  ['vercel, production', vercel, undefined, 'main', ['main'], undefined],
  [
    'vercel, preview of a branch called main',
    { ...vercel, VERCEL_ENV: 'preview' },
    undefined,
    'preview:main',
    ['preview:main', 'main'],
    /fork/,
  ],
  [
    'vercel, preview of a pull request',
    { ...vercel, VERCEL_ENV: 'preview', VERCEL_GIT_PULL_REQUEST_ID: '8' },
    undefined,
    'pr:8',
    ['pr:8', 'main'],
    /fork/,
  ],
  ['another CI', { CI: 'true' }, undefined, ':ci', [':ci', 'main'], /REMEMBER_SCOPE/],
  [
    'another CI that is told',
    { CI: 'true', REMEMBER_SCOPE: 'main' },
    undefined,
    'main',
    ['main'],
    undefined,
  ],
  ['no CI', {}, undefined, ':local', [':local', 'main'], undefined],
  ['no CI, said so', { CI: 'false' }, undefined, ':local', [':local', 'main'], undefined],
  ['no CI, told', { REMEMBER_SCOPE: 'team' }, undefined, 'team', ['team', 'main'], undefined],
]

test.each(table)('%s', (_, env, event, own, reads, untrusted) => {
  const scopes = scopesOf(env, { event })
  expect(scopes).toMatchObject({ own, reads })
  if (untrusted) expect(scopes.untrusted).toMatch(untrusted)
  else expect(scopes.untrusted).toBeUndefined()
})

describe('who decides', () => {
  test('an option names the scope on a machine of a person, and nowhere else', () => {
    expect(scopesOf({}, { given: 'mine' }).own).toBe('mine')
    expect(scopesOf({ REMEMBER_SCOPE: 'theirs' }, { given: 'mine' }).own).toBe('theirs')
    const push = { ...onMain, GITHUB_EVENT_NAME: 'push' }
    expect(scopesOf(push, { event: ownPull, given: 'trunk' }).own).toBe('main')
    expect(scopesOf(pull, { event: forkPull, given: 'main' })).toMatchObject({ own: 'pr:12' })
  })

  test('REMEMBER_SCOPE gives no right to a fork', () => {
    const told = scopesOf({ ...pull, REMEMBER_SCOPE: 'main' }, { event: forkPull })
    expect(told.own).toBe('main')
    expect(told.untrusted).toMatch(/fork/)
  })

  test('names that can be none are refused', () => {
    expect(() => scopesOf({ REMEMBER_SCOPE: 'a\nb' })).toThrow(/REMEMBER_SCOPE is 'a\\nb'/)
    expect(() => scopesOf({}, { given: 'x'.repeat(201) })).toThrow(/share\.scope/)
  })

  test('the producer is told by CI and run, without anything secret', () => {
    const env = { ...onMain, GITHUB_EVENT_NAME: 'push', GITHUB_TOKEN: 'ghp_secret' }
    expect(scopesOf(env, { event: ownPull }).producer).toBe('github owner/app 77')
  })
})

describe('the default branch of a clone', () => {
  function clone(files: Readonly<Record<string, string>>): string {
    const root = tempDir()
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(root, name)), { recursive: true })
      writeFileSync(path.join(root, name), content)
    }
    return root
  }
  const readsOf = (root: string): readonly string[] =>
    findScopes({ env: {}, given: undefined, root }).reads

  test('is what origin says it is, else main or master', () => {
    expect(
      readsOf(clone({ '.git/refs/remotes/origin/HEAD': 'ref: refs/remotes/origin/trunk\n' })),
    ).toEqual([':local', 'trunk'])
    expect(readsOf(clone({ '.git/refs/remotes/origin/master': 'f0\n' }))).toEqual([
      ':local',
      'master',
    ])
    expect(
      readsOf(clone({ '.git/packed-refs': '# pack\nf0 refs/remotes/origin/master\n' })),
    ).toEqual([':local', 'master'])
    expect(readsOf(clone({ '.git/HEAD': 'ref: refs/heads/x\n' }))).toEqual([':local', 'main'])
    expect(readsOf(tempDir())).toEqual([':local', 'main'])
  })

  test('also from a folder below, and from a worktree', () => {
    const root = clone({
      '.git/refs/remotes/origin/HEAD': 'ref: refs/remotes/origin/trunk\n',
      '.git/worktrees/w/commondir': '../..\n',
      'packages/app/package.json': '{}',
      'tree/.git': 'gitdir: ../.git/worktrees/w\n',
    })
    expect(readsOf(path.join(root, 'packages/app'))).toEqual([':local', 'trunk'])
    expect(readsOf(path.join(root, 'tree'))).toEqual([':local', 'trunk'])
  })
})
