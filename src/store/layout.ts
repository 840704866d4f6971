import { join } from 'node:path'

/** Where everything of one store is. */
export interface Layout {
  readonly dir: string
  readonly packs: string
  readonly order: string
  readonly builds: string
  readonly quarantine: string
  readonly tmp: string
  /** e.g. `<dir>/packs/3a7b…e1.pack` */
  pack(sha: string): string
  /** e.g. `<dir>/order/000000000012` */
  slot(number: number): string
  /** e.g. `<dir>/builds/2025-06-01T10-20-30.400Z-9f86d081.json` */
  build(id: string): string
}

export function layoutOf(dir: string): Layout {
  const packs = join(dir, 'packs')
  const order = join(dir, 'order')
  const builds = join(dir, 'builds')
  return {
    dir,
    packs,
    order,
    builds,
    quarantine: join(dir, 'quarantine'),
    tmp: join(dir, 'tmp'),
    pack: (sha) => join(packs, `${sha}${PACK_ENDING}`),
    slot: (number) => join(order, String(number).padStart(SLOT_DIGITS, '0')),
    build: (id) => join(builds, `${id}.json`),
  }
}

const PACK_ENDING = '.pack'
const SLOT_DIGITS = 12
const PACK_NAME = /^([0-9a-f]{64})\.pack$/
const SLOT_NAME = /^\d{12}$/

/** The SHA-256 in the name of a pack's file; undefined for other names. */
export function packOfName(name: string): string | undefined {
  return PACK_NAME.exec(name)?.[1]
}

/** The number in the name of an order file; undefined for other names. */
export function slotOfName(name: string): number | undefined {
  return SLOT_NAME.test(name) ? Number(name) : undefined
}
