import fs from 'node:fs'
import path from 'node:path'
import { repository, tempDir } from '../../support/temp.ts'
import { freePort, startServer } from './process.ts'
import type { Server } from './server.ts'

/** What `startTurborepo` lets in. */
export const turborepoToken = 'turborepo-token-of-the-test'

/** `turborepo-remote-cache`, which keeps artifacts in a folder. */
export async function startTurborepo(): Promise<Server> {
  const port = await freePort()
  const stop = await startServer({
    name: 'turborepo-remote-cache',
    file: process.execPath,
    args: [installed('turborepo-remote-cache/dist/cli.js')],
    env: {
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: String(port),
      TURBO_TOKEN: turborepoToken,
      STORAGE_PROVIDER: 'local',
      STORAGE_PATH_USE_TMP_FOLDER: 'false',
      STORAGE_PATH: tempDir(),
      LOG_LEVEL: 'fatal',
    },
    port,
  })
  return { port, stop }
}

/** What `startS3` lets in. */
export const s3Environment = { AWS_ACCESS_KEY_ID: 'S3RVER', AWS_SECRET_ACCESS_KEY: 'S3RVER' }

/** `s3rver` with one bucket, `bucket`. It checks signatures. */
export async function startS3(): Promise<Server> {
  const port = await freePort()
  const stop = await startServer({
    name: 's3rver',
    file: process.execPath,
    // prettier-ignore
    args: [
      installed('s3rver/bin/s3rver.js'), '--silent', '--directory', tempDir(),
      '--address', '127.0.0.1', '--port', String(port), '--configure-bucket', 'bucket',
    ],
    port,
  })
  return { port, stop }
}

function installed(file: string): string {
  const found = path.join(repository, 'test/hosts/remotes/node_modules', file)
  if (fs.existsSync(found)) return found
  throw new Error(`${file} is missing, which this test needs: node scripts/setup.mjs`)
}
