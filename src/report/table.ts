/**
 * Rows with their columns under each other, indented by two.
 *
 * @param width columns of the terminal: what does not fit is cut at its end
 */
export function table(rows: readonly (readonly string[])[], width: number = Infinity): string[] {
  const widths =
    rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]!.length))) ?? []
  return rows.map((row) => {
    const line = `  ${row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd()}`
    return line.length > width ? `${line.slice(0, width - 1)}…` : line
  })
}
