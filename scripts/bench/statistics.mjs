export function median(numbers) {
  return quantile(numbers, 0.5)
}

/** Linear between the two nearest; `share` from 0 to 1. */
export function quantile(numbers, share) {
  const sorted = [...numbers].sort((a, b) => a - b)
  const place = (sorted.length - 1) * share
  const below = sorted[Math.floor(place)]
  return below + (sorted[Math.ceil(place)] - below) * (place % 1)
}

/** The median of the ratios within each round: what slows a whole round cancels out. */
export function pairedRatio(rounds, name, base, pick = ({ wallMs }) => wallMs) {
  return median(rounds.map((round) => pick(round[name]) / pick(round[base])))
}
