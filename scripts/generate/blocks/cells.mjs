/** How a field of a row is shown, as text for markup. */
export function cell(field, row = 'row') {
  const read = `${row}.${field.name}`
  switch (field.type) {
    case 'money':
      return `{{ formatMoney(${read}, currency) }}`
    case 'number':
      return `{{ formatNumber(${read}) }}`
    case 'date':
      return `{{ formatDate(${read}) }}`
    case 'flag':
      return `{{ ${read} ? 'yes' : 'no' }}`
    default:
      return `{{ ${read} }}`
  }
}

/** The same for a sum or an average. */
export const amount = (field, expression) =>
  field.type === 'money' ? `formatMoney(${expression}, currency)` : `formatNumber(${expression})`
