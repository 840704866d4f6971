/** One SVG file for each record type of a group. */
export function emblems(random, group) {
  return Object.fromEntries(group.entities.map(({ name }) => [`${name}.svg`, draw(random)]))
}

function draw(random) {
  const shapes = Array.from({ length: random.integer(2, 4) }, () => {
    const [x, y, size] = [random.integer(4, 14), random.integer(4, 14), random.integer(3, 9)]
    return random.pick([
      `<circle cx="${x + 2}" cy="${y + 2}" r="${size / 2}" />`,
      `<rect x="${x}" y="${y}" width="${size}" height="${size}" rx="1" />`,
      `<path d="M${x} ${y}l${size} ${size / 2}-${size} ${size}z" />`,
    ])
  })
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.5">',
    ...shapes.map((shape) => `  ${shape}`),
    '</svg>',
    '',
  ].join('\n')
}
