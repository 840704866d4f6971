import { capital } from '../words.mjs'

/** A state machine over the values of a choice. */
export function flow(random, entity, name) {
  const choice = random.pick(entity.choices)
  const states = choice.values
  const verbs = random.sample(
    ['advance', 'approve', 'cancel', 'delay', 'open', 'reject', 'reset', 'resume', 'revise'],
    random.integer(3, 5),
  )
  const type = `${name}State`
  const moves = states.map((from) => ({
    from,
    to: random.sample(verbs, random.integer(1, 3)).map((verb) => [verb, random.pick(states)]),
  }))

  return [
    `export type ${type} = ${states.map((state) => `'${state}'`).join(' | ')}`,
    '',
    `export type ${name}Event =`,
    ...verbs.map((verb, index) =>
      index % 2 === 0
        ? `  | { type: '${verb}'; by: string }`
        : `  | { type: '${verb}'; reason?: string }`,
    ),
    '',
    `const moves: Record<${type}, Partial<Record<${name}Event['type'], ${type}>>> = {`,
    ...moves.map(
      ({ from, to }) =>
        `  ${from}: { ${to.map(([verb, state]) => `${verb}: '${state}'`).join(', ')} },`,
    ),
    '}',
    '',
    `export interface ${name}Step {`,
    `  from: ${type}`,
    `  to: ${type}`,
    `  event: ${name}Event`,
    '  at: number',
    '}',
    '',
    `export class ${name} {`,
    `  #state: ${type}`,
    `  readonly #steps: ${name}Step[] = []`,
    '  readonly #clock: Clock',
    '',
    `  constructor(initial: ${type} = '${states[0]}', clock: Clock = systemClock) {`,
    '    this.#state = initial',
    '    this.#clock = clock',
    '  }',
    '',
    `  get state(): ${type} {`,
    '    return this.#state',
    '  }',
    '',
    `  get steps(): readonly ${name}Step[] {`,
    '    return this.#steps',
    '  }',
    '',
    `  can(type: ${name}Event['type']): boolean {`,
    '    return moves[this.#state][type] !== undefined',
    '  }',
    '',
    `  send(event: ${name}Event): ${type} {`,
    '    const to = moves[this.#state][event.type]',
    '    if (!to) {',
    `      throw new ToolbeltError('bad_move', \`${capital(entity.name)} cannot \${event.type} while \${this.#state}\`, {`,
    '        event,',
    '        history: this.#steps.map((step) => step.event.type),',
    '      })',
    '    }',
    '    this.#steps.push({ from: this.#state, to, event, at: this.#clock.now() })',
    '    this.#state = to',
    '    return to',
    '  }',
    '',
    '  /** The events that lead on from here, in alphabetical order. */',
    `  *next(): Generator<[${name}Event['type'], ${type}]> {`,
    `    const open = Object.entries(moves[this.#state]) as [${name}Event['type'], ${type}][]`,
    '    yield* open.sort(by(([type]) => type))',
    '  }',
    '}',
  ]
}
