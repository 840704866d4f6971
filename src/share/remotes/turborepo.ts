import type { Remote } from '../remote.ts'
import { below, cautionOf, shownUrl } from './addresses.ts'
import type { RemoteEnvironment } from './environment.ts'
import { missingSetting, wrongRemote } from './errors.ts'
import { digestOf } from './names.ts'
import { openWeb } from './web.ts'

/** What Turborepo itself uses when nothing else is set. */
const defaultApi = 'https://vercel.com/api'

/**
 * Turborepo's remote cache: `<TURBO_API>/v8/artifacts/<sha256>?slug=<TURBO_TEAM>`, for content and
 * manifests alike (https://turborepo.dev/docs/openapi).
 *
 * @throws RememberError when the environment lacks what it needs
 */
export function openTurborepo(env: RemoteEnvironment): Remote {
  const { TURBO_TOKEN: token, TURBO_API: api = defaultApi } = env
  if (!token) throw missingSetting('turborepo:', 'TURBO_TOKEN (and TURBO_API, TURBO_TEAM)')
  if (!URL.canParse(api)) throw wrongRemote('is turborepo:, and TURBO_API is no URL')
  const base = new URL(api)
  for (const [name, value] of teamOf(env)) base.searchParams.set(name, value)
  return openWeb({
    title: `Turborepo's cache ${shownUrl(base)}`,
    ...cautionOf(base),
    urlOf: (name) => below(base, `v8/artifacts/${digestOf(name)}`),
    headersFor: () => ({ authorization: `Bearer ${token}` }),
  })
}

/** A team's name is its `slug`, its id starts with `team_`; both may be set. */
function teamOf({ TURBO_TEAM: team, TURBO_TEAMID: id }: RemoteEnvironment): [string, string][] {
  const found: [string, string][] = []
  if (id) found.push(['teamId', id])
  else if (team?.startsWith('team_')) found.push(['teamId', team])
  if (team && !team.startsWith('team_')) found.push(['slug', team])
  return found
}
