import { tempDir } from '../../support/temp.ts'
import { freePort, programPath, startServer } from './process.ts'
import type { Server } from './server.ts'

/** redis-server with nothing on disk. */
export async function startRedis(...settings: string[]): Promise<Server> {
  const program = programPath('redis-server', 'redis-server')
  const port = await freePort()
  const stop = await startServer({
    name: 'redis-server',
    file: program,
    // prettier-ignore
    args: ['--port', String(port), '--bind', '127.0.0.1', '--dir', tempDir(), '--save', '', ...settings],
    port,
  })
  return { port, stop }
}
