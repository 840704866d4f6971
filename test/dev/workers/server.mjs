// A dev server in a process of its own, as people start one: plugins keep what
// they know in module-level state, so no two servers of a test share a process.
//
//   node server.mjs <Vite's entry> <config file>
//
// Told 'calls' it answers with the calls inside plugins so far; told 'close' it
// closes the server and must then end by itself.
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { countPlugins } from '../../playground/countCalls.mjs'

const [vitePath, configFile] = process.argv.slice(2)
const { createServer } = await import(pathToFileURL(vitePath).href)

const calls = []
process.on('remember-test:call', (call) => calls.push(call))

const server = await createServer({
  configFile,
  // as Vite's own tests: polling sees an edit however loaded the machine is
  server: { host: '127.0.0.1', port: 0, watch: { usePolling: true, interval: 60 } },
  clearScreen: false,
  cacheDir: process.env.DEV_CACHE,
  optimizeDeps: { noDiscovery: true },
  plugins: [{ name: 'count-calls', configResolved: ({ plugins }) => countPlugins(plugins) }],
})
await server.listen()
process.on('message', async (message) => {
  if (message === 'calls') process.send({ calls: calls.splice(0) })
  if (message === 'close') {
    await server.close()
    process.disconnect()
  }
})
process.send({ url: server.resolvedUrls.local[0] })
