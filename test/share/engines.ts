import fsDriver from 'unstorage/drivers/fs'
import memoryDriver from 'unstorage/drivers/memory'
import redisDriver from 'unstorage/drivers/redis'
import s3Driver from 'unstorage/drivers/s3'
import { createStorage } from 'unstorage'
import type { KeyValue, RemoteSpec } from '../../src/share/remote.ts'
import { tempDir } from '../support/temp.ts'
import { bazelLocation, davLocation, startNginx } from './servers/nginx.ts'
import { s3Environment, startS3, startTurborepo, turborepoToken } from './servers/packages.ts'
import { startRedis } from './servers/redis.ts'

/** A remote as users name it, whose server runs. */
export interface Engine {
  readonly spec: RemoteSpec
  readonly env: Record<string, string>
  stop(): Promise<void>
}

const nothingToStop = () => Promise.resolve()

/** All kinds of remotes, each against the real server. */
export const engines: Record<string, () => Promise<Engine>> = {
  async 'http (nginx, WebDAV)'() {
    const { port, stop } = await startNginx(davLocation)
    return { spec: `http://127.0.0.1:${port}/cache/app`, env: {}, stop }
  },
  async 'bazel+http (nginx)'() {
    const { port, stop } = await startNginx(bazelLocation)
    return { spec: `bazel+http://127.0.0.1:${port}/cache`, env: {}, stop }
  },
  async 'turborepo: (turborepo-remote-cache)'() {
    const { port, stop } = await startTurborepo()
    const env = {
      TURBO_API: `http://127.0.0.1:${port}`,
      TURBO_TOKEN: turborepoToken,
      TURBO_TEAM: 'team',
    }
    return { spec: 'turborepo:', env, stop }
  },
  async 'redis:// (redis-server)'() {
    const { port, stop } = await startRedis('--requirepass', 'secret')
    return { spec: `redis://:secret@127.0.0.1:${port}/3?prefix=app:`, env: {}, stop }
  },
  async 's3:// (s3rver)'() {
    const { port, stop } = await startS3()
    const spec = `s3://bucket/some/prefix?endpoint=http://127.0.0.1:${port}`
    return { spec, env: s3Environment, stop }
  },
  async 'unstorage driver s3 (s3rver)'() {
    const { port, stop } = await startS3()
    const spec = s3Driver({
      accessKeyId: s3Environment.AWS_ACCESS_KEY_ID,
      secretAccessKey: s3Environment.AWS_SECRET_ACCESS_KEY,
      endpoint: `http://127.0.0.1:${port}`,
      bucket: 'bucket',
      region: 'us-east-1',
    })
    return { spec: spec as RemoteSpec, env: {}, stop }
  },
  async 'unstorage driver redis, which keeps text (redis-server)'() {
    const { port, stop } = await startRedis()
    const spec = redisDriver({ url: `redis://127.0.0.1:${port}`, base: 'app' })
    return { spec: spec as RemoteSpec, env: {}, stop }
  },
  async 'unstorage driver fs'() {
    return { spec: fsDriver({ base: tempDir() }) as RemoteSpec, env: {}, stop: nothingToStop }
  },
  async 'unstorage storage'() {
    const spec = createStorage({ driver: memoryDriver() })
    return { spec: spec as RemoteSpec, env: {}, stop: nothingToStop }
  },
  async 'object with get, put, has'() {
    const kept = new Map<string, Uint8Array>()
    const spec: KeyValue = {
      get: (name) => Promise.resolve(kept.get(name)),
      put: (name, bytes) => void kept.set(name, bytes),
      has: (name) => kept.has(name),
    }
    return { spec, env: {}, stop: nothingToStop }
  },
}
