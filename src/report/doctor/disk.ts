import fs from 'node:fs'
import path from 'node:path'
import { LEFTOVER_AGE, layoutOf } from '../../store/index.ts'
import { bytes, count } from '../units.ts'
import { hint, ok, problem, type Finding } from './finding.ts'

/** Linux's names of file systems that other machines see too (statfs(2)); other systems tell none. */
const networks: Readonly<Record<number, string>> = {
  0x6969: 'NFS',
  0x517b: 'SMB',
  0xff534d42: 'CIFS',
  0xfe534d42: 'SMB 2',
  0x01021997: '9P',
  0x65735546: 'FUSE',
}

/** Less than this is soon full, in bytes. */
const little = 1024 ** 3

/** What the disk below a store can do, and what lies there. */
export function checkDisk(dir: string, now: number, maxSize: number): Finding[] {
  const place = nearestPlace(dir)
  const findings = [...checkWriting(dir, place), ...checkSpace(place)]
  return fs.existsSync(dir) ? [...findings, ...checkContent(dir, now, maxSize)] : findings
}

/** Does what a build does to publish a file, in a folder of its own that goes away again. */
function checkWriting(dir: string, place: string): Finding[] {
  let home: string | undefined
  try {
    home = fs.mkdtempSync(path.join(place, '.remember-doctor-'))
    const [file, linked, renamed] = ['file', 'linked', 'renamed'].map((name) =>
      path.join(home!, name),
    ) as [string, string, string]
    fs.writeFileSync(file, 'x', { flag: 'wx' })
    const links = attempt(() => fs.linkSync(file, linked))
    fs.renameSync(file, renamed)
    const kind = fs.existsSync(path.join(home, 'RENAMED')) ? ', which takes a for A' : ''
    if (links === undefined) return [ok('writing', `${dir} can be written, with hard links${kind}`)]
    return [
      hint(
        'writing',
        `${dir} can be written, but has no hard links (${links})${kind}`,
        'Files are renamed into place instead, which is as safe; a local disk is faster.',
      ),
    ]
  } catch (error) {
    return [
      problem(
        'writing',
        `${place} can't be written (${codeOf(error)}): builds reuse what is there and store nothing`,
        `Give the user of the build the right to write there, or name another folder: remember({ dir }) or REMEMBER_DIR.`,
      ),
    ]
  } finally {
    if (home) attempt(() => fs.rmSync(home!, { recursive: true, force: true }))
  }
}

function checkSpace(place: string): Finding[] {
  try {
    const { type, bavail, bsize } = fs.statfsSync(place)
    const network = networks[type >>> 0]
    const free = bavail * bsize
    return [
      ...(network === undefined
        ? []
        : [
            hint(
              'file system',
              `the store lies on ${network}`,
              'Reads over a network may cost more than they save: name a folder on a local disk.',
            ),
          ]),
      free < little
        ? problem(
            'space',
            `${bytes(free)} free on the disk of the store`,
            'Make room, or lower maxSize.',
          )
        : ok('space', `${bytes(free)} free`),
    ]
  } catch {
    // nobody tells
    return []
  }
}

function checkContent(dir: string, now: number, maxSize: number): Finding[] {
  const { packs, quarantine, tmp } = layoutOf(dir)
  const size = filesIn(packs).reduce((all, each) => all + each.size, 0)
  const damaged = filesIn(quarantine)
  const stale = filesIn(tmp).filter(({ mtimeMs }) => now - mtimeMs > LEFTOVER_AGE)
  const of = `${bytes(size)} of ${bytes(maxSize)} (maxSize)`
  return [
    size > maxSize * 0.95
      ? hint(
          'size',
          `${of}: what was not used for longest goes`,
          'Raise maxSize if `remember why` tells of pruned calls.',
        )
      : ok('size', of),
    ...(damaged.length === 0
      ? []
      : [
          problem(
            'quarantine',
            `${count(damaged.length)} damaged files were put aside (${bytes(damaged.reduce((all, each) => all + each.size, 0))})`,
            `Delete ${quarantine}. If more come: a disk, or a tool that copies the store while builds write to it.`,
          ),
        ]),
    ...(stale.length === 0
      ? []
      : [
          hint(
            'leftovers',
            `${count(stale.length)} temporary files of processes that died`,
            'The next build that may write removes them.',
          ),
        ]),
  ]
}

function filesIn(dir: string): fs.Stats[] {
  try {
    return fs.readdirSync(dir).flatMap((name) => {
      const stat = fs.statSync(path.join(dir, name), { throwIfNoEntry: false })
      return stat ? [stat] : []
    })
  } catch {
    return []
  }
}

/** The store's folder, or what there is of the way to it. */
function nearestPlace(dir: string): string {
  let place = dir
  while (!fs.existsSync(place) && place !== path.dirname(place)) place = path.dirname(place)
  return place
}

/** The code of the error; nothing when all went well. */
function attempt(act: () => void): string | undefined {
  try {
    act()
    return undefined
  } catch (error) {
    return codeOf(error)
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error)
}
