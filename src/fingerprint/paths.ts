/** `options.template` and `whitespace` → `options.template.whitespace`; numbers in brackets, odd names quoted. */
export function child(path: string, label: string | number): string {
  if (typeof label === 'number') return `${path}[${label}]`
  if (!/^@?[#$\w-]+$/.test(label)) return `${path}[${JSON.stringify(label)}]`
  return path === '' ? label : `${path}.${label}`
}

/** Labels that start with `$` are this room's own marks; a user's get one more. */
export function escapedLabel(label: string): string {
  return label.startsWith('$') || label === '__proto__' ? `$${label}` : label
}
