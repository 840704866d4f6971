import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/**
 * Stores of values by name, each as its documentation says: `open(folder)` gives `put`, `get` and
 * `close`; after `close` all that was put is on disk. Each loads its package when it is opened.
 */
export const stores = {
  /** Through the engine's one primitive: keys are digests of named parts, values any structured clone. */
  engine: async (dir) => {
    const { openCache } = await import('../../../dist/engine.js')
    const cache = await openCache({ dir })
    const request = (name) => ({ namespace: 'bench', parts: { id: name } })
    return {
      put: (name, value) => cache.remember(request(name), () => value),
      async get(name) {
        const { status, value } = await cache.remember(request(name), miss)
        return status === 'hit' ? value : miss()
      },
      close: () => cache.close(),
    }
  },

  /** npm's content-addressable cache; what is read is verified. */
  cacache: async (dir) => {
    const { default: cacache } = await import('cacache')
    return {
      put: (name, value) => cacache.put(dir, name, JSON.stringify(value)),
      get: async (name) => JSON.parse((await cacache.get(dir, name)).data.toString()),
      close() {},
    }
  },

  /** A file for each key. Its other form holds all values in memory and writes them all again. */
  'keyv, keyv-file': async (dir) => {
    const { default: Keyv } = await import('keyv')
    const { KeyvFile } = await import('keyv-file')
    const store = new KeyvFile({ filename: dir, separatedFile: true })
    const keyv = new Keyv({ store })
    return {
      put: (name, value) => keyv.set(name, value),
      get: (name) => keyv.get(name),
      close() {},
    }
  },

  'unstorage, fs-lite': async (dir) => {
    const { createStorage } = await import('unstorage')
    const { default: fsDriver } = await import('unstorage/drivers/fs-lite')
    const storage = createStorage({ driver: fsDriver({ base: dir }) })
    return {
      put: (name, value) => storage.setItem(name, value),
      get: (name) => storage.getItem(name),
      close: () => storage.dispose(),
    }
  },

  'Metro FileStore': async (dir) => {
    const { default: metro } = await import('metro-cache')
    const store = new metro.FileStore({ root: dir })
    return {
      put: (name, value) => store.set(digest(name), value),
      get: (name) => store.get(digest(name)),
      close() {},
    }
  },

  /** The least there can be: a JSON file for each name, read and written synchronously, nothing checked. */
  'plain files': async (dir) => {
    mkdirSync(dir, { recursive: true })
    const file = (name) => path.join(dir, digest(name).toString('hex'))
    return {
      put: (name, value) => writeFileSync(file(name), JSON.stringify(value)),
      get: (name) => JSON.parse(readFileSync(file(name), 'utf8')),
      close() {},
    }
  },
}

function digest(name) {
  return createHash('sha1').update(name).digest()
}

function miss() {
  throw new Error('a miss')
}
