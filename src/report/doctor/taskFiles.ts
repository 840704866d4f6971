import fs from 'node:fs'
import path from 'node:path'

/** Globs of one task: what it reads (`inputs`) or what is kept of it (`outputs`). */
export interface TaskGlobs {
  /** Relative to the workspace. */
  readonly file: string
  readonly task: string
  readonly kind: 'inputs' | 'outputs'
  /** Relative to the workspace; `!` leaves out. */
  readonly globs: readonly string[]
  /** As the file has them. */
  readonly said: readonly string[]
  /** The glob that would leave the store out, in the words of the file. */
  readonly exclude: string
}

type Fields = Readonly<Record<string, unknown>>

/** What turbo.json and nx.json say, those of packages and their project.json too. None where there are none. */
export function readTasks(workspaceRoot: string, projects: readonly string[]): TaskGlobs[] {
  const folders = [...new Set([workspaceRoot, ...projects])]
  return folders.flatMap((folder) => [
    ...ofTurbo(workspaceRoot, folder, projects),
    ...ofNx(workspaceRoot, folder, projects),
  ])
}

/** Globs start at the package; `//#build` is a task of the root, `$TURBO_ROOT$` the root itself. */
function ofTurbo(workspaceRoot: string, folder: string, projects: readonly string[]): TaskGlobs[] {
  const place = ['turbo.json', 'turbo.jsonc'].map((name) => path.join(folder, name)).find(exists)
  if (place === undefined) return []
  const config = readJson(place)
  const tasks = fields(config['tasks'] ?? config['pipeline'])
  const isRoot = folder === workspaceRoot
  return Object.entries(tasks).flatMap(([task, settings]) => {
    const bases = task.startsWith('//#') ? [workspaceRoot] : isRoot ? projects : [folder]
    return (['inputs', 'outputs'] as const).flatMap((kind) => {
      const said = texts(fields(settings)[kind])
      return bases.map((base) => ({
        file: path.relative(workspaceRoot, place),
        task,
        kind,
        said,
        // what git does not ignore is looked at by itself
        globs: said
          .filter((glob) => !glob.startsWith('$TURBO_DEFAULT$'))
          .map((glob) => fromRoot(glob, '$TURBO_ROOT$', path.relative(workspaceRoot, base))),
        exclude: '!node_modules/.cache/**',
      }))
    })
  })
}

/** A path stands for all below it. Inputs are taken from what git does not ignore. */
function ofNx(workspaceRoot: string, folder: string, projects: readonly string[]): TaskGlobs[] {
  const isRoot = folder === workspaceRoot
  return ['nx.json', 'project.json', 'package.json'].flatMap((name) => {
    const place = path.join(folder, name)
    if (!exists(place) || (name === 'nx.json' && !isRoot)) return []
    const config = readJson(place)
    const { targetDefaults, targets } = name === 'package.json' ? fields(config['nx']) : config
    const bases = isRoot && name === 'nx.json' ? projects : [folder]
    return Object.entries(fields(targetDefaults ?? targets)).flatMap(([task, settings]) => {
      const said = texts(fields(settings)['outputs'])
      return bases.map((base) => ({
        file: path.relative(workspaceRoot, place),
        task,
        kind: 'outputs' as const,
        said,
        globs: said
          .map((glob) => glob.replace('{projectRoot}', '.'))
          .map((glob) => fromRoot(glob, '{workspaceRoot}', path.relative(workspaceRoot, base)))
          .flatMap((glob) => [glob, `${glob}/**`]),
        exclude: '!{projectRoot}/node_modules/.cache/**',
      }))
    })
  })
}

/** A glob of a package, or one that begins with a token for the root. */
function fromRoot(glob: string, token: string, base: string): string {
  const [, not = '', rest = ''] = /^(!?)(.*)$/s.exec(glob) ?? []
  const below = rest.startsWith(token) ? rest.slice(token.length) : `${base}/${rest}`
  const normal = path.posix.normalize(below.replaceAll('\\', '/')).replace(/^\/|\/$/g, '')
  return `${not}${normal}`
}

function exists(file: string): boolean {
  return fs.existsSync(file)
}

/** Comments and commas at the end are allowed in these files. Empty when nobody can read it. */
function readJson(file: string): Fields {
  try {
    const text = fs.readFileSync(file, 'utf8')
    const plain = text.replace(/("(?:\\.|[^"\\])*")|\/\*.*?\*\/|\/\/[^\n]*/gs, '$1')
    return fields(JSON.parse(plain.replace(/,(\s*[}\]])/g, '$1')))
  } catch {
    return {}
  }
}

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {}
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
}
