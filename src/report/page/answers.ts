import type { Session, SoFar } from '../../plugin/index.ts'
import { makeReport, openDetails, type DetailReader, type Report } from '../model/index.ts'
import { readPage } from './html.ts'

interface Known {
  readonly stamp: string
  readonly live: readonly SoFar[]
  readonly report: Report
}

/** Answers what the page asks; text is the page itself, undefined is nothing. */
export function createAnswers(session: Session): (url: URL) => Promise<unknown> {
  const { dir, root } = session
  let known: Promise<Known> | undefined
  let knownStamp: string | undefined

  /** Made once for each state of the session: it takes a while. */
  function current(): Promise<Known> {
    const stamp = session.stamp()
    if (known === undefined || stamp !== knownStamp) {
      knownStamp = stamp
      known = make(stamp)
      known.catch(() => (known = undefined))
    }
    return known
  }

  async function make(stamp: string): Promise<Known> {
    const live = await session.soFar()
    return { stamp, live, report: await makeReport({ dir, live }) }
  }

  async function read<T>(of: (reader: DetailReader, report: Report) => T): Promise<T | undefined> {
    const { live, report } = await current()
    if (!report.run) return undefined
    const reader = await openDetails({ dir, run: report.run, root, live })
    try {
      return of(reader, report)
    } finally {
      reader.close()
    }
  }

  return async ({ pathname, searchParams }) => {
    switch (pathname) {
      case '/':
        return readPage()
      case '/now.json':
        return { stamp: session.stamp() }
      case '/report.json':
        return (await current()).report
      case '/module.json':
        return await read((reader, { run }) => {
          const module = run!.modules.find(({ id }) => id === searchParams.get('id'))
          return module && reader.read(module)
        })
      case '/identity.json':
        return await read(({ identities }) => identities.all.get(searchParams.get('name') ?? ''))
      default:
        return undefined
    }
  }
}
