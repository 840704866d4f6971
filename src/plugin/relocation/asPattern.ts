/** Source of a RegExp that matches this text. */
export function asPattern(text: string): string {
  return text.replace(/[$()*+./?[\\\]^{|}]/g, String.raw`\$&`)
}
