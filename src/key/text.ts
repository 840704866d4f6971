/** False when a text holds a lone surrogate, which UTF-8 can't carry. */
export function isWellFormed(text: string): boolean {
  // ES2024, in every supported Node; the `lib` of this project is ES2023.
  return (text as string & { isWellFormed(): boolean }).isWellFormed()
}
