/** What is stored for a number; any other value is wrong. */
export function valueOf(i: number): { i: number; text: string } {
  return { i, text: `${i} `.repeat(100 + (i % 50)) }
}
