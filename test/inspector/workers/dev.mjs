// A dev server in a process of its own, of any Vite.
//
//   node dev.mjs <Vite's entry> <root> <base>
//
// Sends `{ url }`. Told `{ urls }` it transforms these modules and answers `{ done: true }`; told
// 'close' it closes the server and must then end by itself.
import process from 'node:process'
import { pathToFileURL } from 'node:url'

const [vite, root, base] = process.argv.slice(2)
const { createServer } = await import(pathToFileURL(vite).href)
const server = await createServer({
  root,
  base,
  server: { host: '127.0.0.1', port: 0, watch: null },
  optimizeDeps: { noDiscovery: true },
  logLevel: 'warn',
})
await server.listen()
process.on('message', async (message) => {
  if (message === 'close') {
    await server.close()
    process.disconnect()
    return
  }
  for (const url of message.urls) await server.environments.client.transformRequest(url)
  process.send({ done: true })
})
process.send({ url: `${server.resolvedUrls.local[0]}` })
