import fs from 'node:fs'
import path from 'node:path'
import { withoutQuery } from '../moduleId.ts'
import { isPlain, type ProjectUse, recordOf } from '../projects.ts'

// Vite looks for what a sheet names beside the sheet, by its aliases and as packages. The root
// comes in by `/logo.svg`, which is a public file, one below the root, or neither. PostCSS plugins,
// Lightning CSS and patterns for the names of classes may ask where they run.

/** A path from the root: `url(/logo.svg)`, `@use '/src/theme'`. */
const fromRoot = /["'(\s]\/[\w@.~-]/

const module = /\.module\.\w+(?:$|\?)/

/** Options of Sass that name no folder. */
const ofSass = new Set('additionalData api charset quietDeps silenceDeprecations style'.split(' '))

export const cssProjects: ProjectUse = {
  isFree({ config, configs }) {
    const { transformer, postcss } = recordOf(config['css'])
    return (
      (transformer === undefined || transformer === 'postcss') &&
      postcss === undefined &&
      !configs.some(({ file, content }) => /postcss|tailwind/.test(path.basename(file) + content))
    )
  },
  isFreeCall(call, watchFiles, { config }) {
    const { modules, preprocessorOptions } = recordOf(config['css'])
    const [, language = ''] = /\.(css|scss|sass)$/.exec(fileOf(call.id)) ?? []
    const options = recordOf(recordOf(preprocessorOptions)[language])
    // what has no file is resolved from the root
    if (!fs.existsSync(withoutQuery(call.id))) return false
    if (language === '' || options['api'] === 'legacy' || !isPlain(options)) return false
    if (Object.keys(options).some((label) => !ofSass.has(label))) return false
    if (module.test(call.id) && Object.keys(recordOf(modules)).some((each) => !isStyle(each))) {
      return false
    }
    // resolved from the root, not from who names them
    const { dedupe } = recordOf(config['resolve'])
    const rooted = [dedupe].flat().filter((name) => typeof name === 'string')
    const texts = [call.code, options['additionalData'], ...watchFiles.map(textOf)]
    return texts.every(
      (text) =>
        text === undefined ||
        (typeof text === 'string' &&
          !fromRoot.test(text) &&
          !rooted.some((name) => text.includes(name))),
    )
  },
}

/** The file of a sheet, or of a component's block by what its query says: `&lang.scss`. */
function fileOf(id: string): string {
  const [, lang] = /[?&]lang\.(\w+)$/.exec(id) ?? []
  return lang === undefined ? withoutQuery(id) : `block.${lang}`
}

function isStyle(label: string): boolean {
  return label === 'localsConvention'
}

/** False for a file that nobody can read. */
function textOf(file: string): string | false {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch {
    return false
  }
}
