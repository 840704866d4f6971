import type { Input, InputCheck } from '../engine/index.ts'
import type { Digest } from '../key/index.ts'
import type { Inputs } from '../trace/index.ts'

/** A check for one call. */
export interface FreshCheck extends InputCheck {
  /** The places of the inputs that it was asked for. */
  readonly own: ReadonlySet<string>
}

/** Looks for a host that runs while its files are edited. */
export interface FreshChecks {
  /** Every input of the call is looked at anew. */
  open(): FreshCheck
  /** Inputs in shared sets so far, by place: any call of the plugin may depend on them. */
  readonly shared: ReadonlyMap<string, Input>
}

/**
 * A set that many calls share holds what its plugin may have kept, often
 * hundreds of files: it is looked at once in each turn of the event loop. The
 * requests that are served in one turn had all come when it began.
 */
export function createFreshChecks(inputs: Inputs): FreshChecks {
  const shared = new Map<string, Input>()
  let turn: Sets | undefined

  function setsOfTurn(): Sets {
    if (!turn) {
      turn = new Sets()
      setImmediate(() => (turn = undefined)).unref()
    }
    return turn
  }

  return {
    shared,
    open() {
      const sets = setsOfTurn()
      const { holds } = inputs.openCheck()
      const own = new Set<string>()
      return {
        sets,
        own,
        holds(input) {
          if (sets.open > 0) shared.set(placeOf(input), input)
          else own.add(placeOf(input))
          return holds(input)
        },
      }
    },
  }
}

/** What has to change for an input to change: the file or folder of its portable name. */
function placeOf({ kind, name }: Input): string {
  return kind === 'folder' ? folderPlace(name) : name
}

/** A folder's listing is another place than what stands at its path. */
export function folderPlace(name: string): string {
  return `${name}\0listing`
}

/** The engine asks for a set's answer, then for its inputs, then notes the answer: so it is known whose inputs they are. */
class Sets extends Map<Digest, Input | null> {
  open = 0
  override get(set: Digest): Input | null | undefined {
    const answer = super.get(set)
    if (answer === undefined) this.open++
    return answer
  }
  override set(set: Digest, answer: Input | null): this {
    this.open--
    return super.set(set, answer)
  }
}
