/** What a soak found, for people. */
export function describe({ name, seed, totals, difference, home }) {
  const { steps, failed, undecided, reused, calls } = totals
  const summary = `${name}: ${steps} steps, ${failed} of them with builds that fail, ${reused} of ${calls} calls reused`
  if (!difference) {
    const aside = undecided > 0 ? `; in ${undecided} plain builds differ among themselves` : ''
    return `${summary}, no difference${aside}`
  }
  const { step, found, history } = difference
  return [
    `${summary}, and at step ${step} a difference:`,
    ...found.map((line) => `  ${line}`),
    'The last steps were',
    ...history.map((line) => `  ${line}`),
    `Again: npm run soak:edits -- ${name} --seed ${seed} --steps ${step + 1}`,
    ...(home ? [`All is in ${home}`] : []),
  ].join('\n')
}
