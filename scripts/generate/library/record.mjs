const types = { text: 'string', money: 'number', number: 'number', date: 'string', flag: 'boolean' }

const typeOf = (field) =>
  field.values ? field.values.map((value) => `'${value}'`).join(' | ') : types[field.type]

/** The interface of a record with some of its type's fields. */
export function declareRecord(name, fields) {
  return [
    `export interface ${name} extends Entity {`,
    ...fields.map((field) => `  ${field.name}: ${typeOf(field)}`),
    '}',
  ]
}
