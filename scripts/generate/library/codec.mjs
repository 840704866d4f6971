import { declareRecord } from './record.mjs'

/** To and from one line of text. */
export function codec(random, entity, name) {
  const fields = random.sample(entity.fields, random.integer(4, 7))
  const separator = random.pick(['|', ';', ',', '~'])
  const columns = ['id', 'createdAt', ...fields.map((field) => field.name)]

  return [
    ...declareRecord(`${name}Row`, fields),
    '',
    `const columns = [${columns.map((one) => `'${one}'`).join(', ')}] as const`,
    '',
    `const escape = (text: string): string => text.replace(/[\\\\${separator}\\n]/gu, (found) => \`\\\\\${found === '\\n' ? 'n' : found}\`)`,
    '',
    `export function encode${name}(row: ${name}Row): string {`,
    `  return columns.map((column) => escape(String(row[column]))).join('${separator}')`,
    '}',
    '',
    'function* split(line: string): Generator<string> {',
    "  let part = ''",
    '  for (let index = 0; index < line.length; index++) {',
    '    const letter = line[index]!',
    `    if (letter === '${separator}') {`,
    '      yield part',
    "      part = ''",
    "    } else if (letter === '\\\\') {",
    '      index += 1',
    "      part += line[index] === 'n' ? '\\n' : (line[index] ?? '')",
    '    } else {',
    '      part += letter',
    '    }',
    '  }',
    '  yield part',
    '}',
    '',
    `export function decode${name}(line: string): ${name}Row {`,
    '  const found = [...split(line)]',
    `  invariant(found.length === columns.length, 'bad_line', \`Expected \${columns.length} parts, found \${found.length}\`)`,
    `  const [id = '', createdAt = '', ${fields.map((field) => `${field.name} = ''`).join(', ')}] = found`,
    '  return {',
    '    id,',
    '    createdAt,',
    ...fields.map((field) => `    ${decode(field, name)},`),
    '  }',
    '}',
    '',
    '/** Lines that cannot be read are handed to `onError` and left out. */',
    `export function decodeAll${name}(text: string, onError: (line: string, error: unknown) => void): ${name}Row[] {`,
    "  return text.split('\\n').flatMap((line) => {",
    '    try {',
    `      return line ? [decode${name}(line)] : []`,
    '    } catch (error) {',
    '      onError(line, error)',
    '      return []',
    '    }',
    '  })',
    '}',
  ]
}

function decode(field, name) {
  if (field.values) return `${field.name}: ${field.name} as ${name}Row['${field.name}']`
  if (field.type === 'flag') return `${field.name}: ${field.name} === 'true'`
  const number = field.type === 'money' || field.type === 'number'
  return number ? `${field.name}: Number(${field.name})` : field.name
}
