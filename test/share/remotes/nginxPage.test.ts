import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { RemoteCall, RemoteName } from '../../../src/share/remote.ts'
import { openRemote } from '../../../src/share/remotes/open.ts'
import { repository, tempDir } from '../../support/temp.ts'
import { startNginx } from '../servers/nginx.ts'

const name: RemoteName = { kind: 'content', sha256: 'a'.repeat(64) }
const call: RemoteCall = { signal: new AbortController().signal }

test('what docs/remotes.md gives nginx: all may read, who has a password may write', async () => {
  const dir = tempDir()
  fs.writeFileSync(path.join(dir, 'users'), 'ci:{PLAIN}secret\n')
  const page = fs.readFileSync(path.join(repository, 'docs/remotes.md'), 'utf8')
  const location = /^ {2}location \/app\/ \{$.*?^ {2}\}$/ms.exec(page)![0]
  const nginx = await startNginx(
    location
      .replaceAll('/srv/cache', dir)
      .replace('/etc/nginx/cache.users', path.join(dir, 'users')),
  )
  onTestFinished(() => nginx.stop())

  const address = `127.0.0.1:${nginx.port}/app`
  const bytes = randomBytes(10_000)
  const stranger = await openRemote(`http://${address}`, {})
  await expect(stranger.put(name, bytes, call)).rejects.toMatchObject({ code: 'denied' })
  expect(await stranger.has(name, call)).toBe(false)

  const ci = await openRemote(`http://ci:secret@${address}`, {})
  await ci.put(name, bytes, call)
  expect(Buffer.compare((await stranger.get(name, call))!, bytes)).toBe(0)
  const folder = path.join(dir, 'app/content/aa')
  expect(fs.readdirSync(folder)).toEqual([name.sha256])
  expect(fs.readdirSync(path.join(dir, '.temp'))).toEqual([])
})
