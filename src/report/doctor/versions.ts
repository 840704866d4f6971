import { hint, ok, problem, type Finding } from './finding.ts'

/**
 * The hosts we are tested with, by major version, as in package.json's `peerDependencies`.
 *
 * @internal besides here only read by the test that compares the two
 */
export const majors: Readonly<Record<string, readonly number[]>> = {
  rolldown: [1],
  rollup: [4],
  vite: [6, 7, 8],
}

/** @param version e.g. `v20.20.0` */
export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = numbers(version)
  // package.json's `engines`
  if ((major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22) {
    return ok('node', `Node ${version}`)
  }
  return problem(
    'node',
    `Node ${version} is older than we are tested with`,
    'Use Node 20.19, 22.12 or newer.',
  )
}

/** @param versions as the last build's host told them */
export function checkHosts(versions: Readonly<Record<string, string | undefined>>): Finding[] {
  // Vite has one of the others below it
  const names = versions['vite'] ? ['vite'] : Object.keys(versions)
  return names.map((name) => {
    const known = majors[name] ?? []
    const version = versions[name]!
    const [major = 0] = numbers(version)
    if (known.includes(major)) return ok('host', `${name} ${version}`)
    return hint(
      'host',
      `${name} ${version} is none that we are tested with (${known.join(', ')})`,
      'Compare a build with one with REMEMBER=off before you rely on it.',
    )
  })
}

function numbers(version: string): number[] {
  return version.replace(/^v/, '').split('.').map(Number)
}
