import { blank } from '../records.mjs'
import { declareRecord } from './record.mjs'

/** Checks of a record, field by field. */
export function rules(random, entity, name) {
  const fields = random.sample(entity.fields, random.integer(5, 8))
  const rest = random.integer(2, 9) * 10

  return [
    ...declareRecord(`${name}Draft`, fields),
    '',
    `type ${name}Check = (draft: ${name}Draft) => string | undefined`,
    '',
    `const checks: Record<string, ${name}Check> = {`,
    ...fields.flatMap((field) => check(random, field)),
    '}',
    '',
    '/** All that is wrong with a draft. */',
    `export function check${name}(draft: ${name}Draft): Issue[] {`,
    '  const issues: Issue[] = []',
    '  for (const [path, test] of Object.entries(checks)) {',
    '    const message = test?.(draft)',
    '    if (message) issues.push({ path, message })',
    '  }',
    '  return issues',
    '}',
    '',
    `export function accept${name}(draft: Partial<${name}Draft> & Entity): Result<${name}Draft> {`,
    `  const complete = { ...default${name}, ...draft }`,
    `  const issues = check${name}(complete)`,
    '  return issues.length === 0 ? { ok: true, value: complete } : { ok: false, issues }',
    '}',
    '',
    `export function assert${name}(draft: Partial<${name}Draft> & Entity): ${name}Draft {`,
    `  const result = accept${name}(draft)`,
    '  if (result.ok) return result.value',
    "  const text = result.issues.map(({ path, message }) => `${path} ${message}`).join(', ')",
    `  throw new ToolbeltError('invalid_${entity.name}', text.slice(0, ${rest * 10}), { issues: result.issues })`,
    '}',
    '',
    `const default${name}: Omit<${name}Draft, keyof Entity> = {`,
    ...fields.map((field) => `  ${field.name}: ${blank(field)},`),
    '}',
  ]
}

function check(random, field) {
  const read = `draft.${field.name}`
  const bound = random.integer(2, 90) * 10
  switch (field.type) {
    case 'text':
      return [
        `  ${field.name}(draft) {`,
        `    const text = ${read}.trim()`,
        "    if (text === '') return 'is missing'",
        `    return text.length > ${bound} ? 'is longer than ${bound} letters' : undefined`,
        '  },',
      ]
    case 'money':
    case 'number':
      return [
        `  ${field.name}: ({ ${field.name} = 0 }) =>`,
        `    ${field.name} < 0 || ${field.name} > ${bound} ? 'must be between 0 and ${bound}' : undefined,`,
      ]
    case 'date':
      return [
        `  ${field.name}: (draft) =>`,
        `    /^\\d{4}-\\d{2}-\\d{2}$/u.test(${read}) ? undefined : 'must be a day like 2025-03-01',`,
      ]
    case 'flag':
      return [
        `  ${field.name}: (draft) => (typeof ${read} === 'boolean' ? undefined : 'must be yes or no'),`,
      ]
    default:
      return [
        `  ${field.name}: (draft) =>`,
        `    [${field.values.map((value) => `'${value}'`).join(', ')}].includes(${read}) ? undefined : 'is not known',`,
      ]
  }
}
