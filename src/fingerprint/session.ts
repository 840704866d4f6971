import type * as NodeInspector from 'node:inspector'

/** Sends one command and gives its answer. Throws when there is none. */
export type Post = <T>(method: string, parameters?: object) => T

/** Node answers a session of the same thread before `post` returns, so no promise is needed. */
export function poster(session: NodeInspector.Session): Post {
  return <T>(method: string, parameters?: object): T => {
    const answers: T[] = []
    session.post(method, parameters, (error, result) => {
      if (!error) answers.push(result as T)
    })
    if (answers.length === 0) throw new Error(`inspector: ${method} gave no answer`)
    return answers[0] as T
  }
}

/** A handle on a value of this thread, in the words of the inspector's protocol. */
export interface Remote {
  readonly objectId?: string
  readonly value?: unknown
}

export interface Properties {
  readonly result: readonly RemoteProperty[]
  readonly internalProperties?: readonly RemoteProperty[]
  readonly privateProperties?: readonly RemoteProperty[]
}

export interface RemoteProperty {
  readonly name: string
  readonly value?: Remote
}
