export function words(text: string): string[] {
  return text.match(/\p{Lu}?\p{Ll}+|\p{Lu}+(?!\p{Ll})|\d+/gu) ?? []
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()

export function kebabCase(text: string): string {
  return words(text)
    .map((word) => word.toLowerCase())
    .join('-')
}

export function camelCase(text: string): string {
  const [first = '', ...rest] = words(text)
  return first.toLowerCase() + rest.map(capital).join('')
}

export function titleCase(text: string): string {
  return words(text).map(capital).join(' ')
}
