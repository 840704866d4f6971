/** `1234567` → `1,234,567` */
export function count(number) {
  return number.toLocaleString('en-US')
}

/** Milliseconds as seconds: `12.34 s` */
export function seconds(ms) {
  return `${(ms / 1000).toFixed(2)} s`
}

/** Rows of cells as lines: the first column to the left, numbers to the right. */
export function alignColumns(rows) {
  const widths = []
  for (const row of rows) {
    row.forEach((cell, column) => (widths[column] = Math.max(widths[column] ?? 0, cell.length)))
  }
  return rows.map((row) =>
    row
      .map((cell, column) => (column ? cell.padStart(widths[column]) : cell.padEnd(widths[column])))
      .join('   ')
      .trimEnd(),
  )
}
