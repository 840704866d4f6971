import type { Remote } from '../remote.ts'
import { below, cautionOf } from './addresses.ts'
import type { RemoteEnvironment } from './environment.ts'
import { missingPackage, missingSetting, wrongRemote } from './errors.ts'
import { textOf } from './names.ts'
import { openWeb } from './web.ts'

/**
 * S3 and what is compatible with it: `s3://bucket/prefix?endpoint=…&region=…`. `aws4fetch` signs the
 * requests; they are sent as those of every other server are, so that they can be ended and bounded.
 *
 * @throws RememberError when the package or the credentials are missing
 */
export async function openS3(spec: URL, env: RemoteEnvironment): Promise<Remote> {
  const title = `s3://${spec.host}${spec.pathname.replace(/\/+$/, '')}`
  const { AwsV4Signer } = await import('aws4fetch').catch((cause: unknown) => {
    throw missingPackage('aws4fetch', title, cause)
  })
  const identity = identityOf(spec, env)
  if (!identity) {
    throw missingSetting(title, 'AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY')
  }
  const region = spec.searchParams.get('region') ?? env['AWS_REGION'] ?? 'us-east-1'
  const endpoint = spec.searchParams.get('endpoint') ?? `https://s3.${region}.amazonaws.com`
  if (!spec.host || !/^https?:/.test(endpoint) || !URL.canParse(endpoint)) {
    throw wrongRemote('names no bucket, or its `endpoint` is no URL')
  }
  const base = below(new URL(endpoint), `${spec.host}${spec.pathname}`)
  return openWeb({
    title,
    ...cautionOf(base),
    urlOf: (name) => below(base, textOf(name)),
    async headersFor(method, url) {
      const signer = new AwsV4Signer({ ...identity, service: 's3', region, method, url: url.href })
      return Object.fromEntries((await signer.sign()).headers)
    },
  })
}

function identityOf(
  spec: URL,
  env: RemoteEnvironment,
): { accessKeyId: string; secretAccessKey: string; sessionToken?: string } | undefined {
  if (spec.username && spec.password) {
    return {
      accessKeyId: decodeURIComponent(spec.username),
      secretAccessKey: decodeURIComponent(spec.password),
    }
  }
  const accessKeyId = env['AWS_ACCESS_KEY_ID']
  const secretAccessKey = env['AWS_SECRET_ACCESS_KEY']
  const sessionToken = env['AWS_SESSION_TOKEN']
  if (!accessKeyId || !secretAccessKey) return undefined
  return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) }
}
