const tones = ['neutral', 'good', 'warn', 'bad']

export function swatches() {
  return tones
    .map((tone) => `<button class="swatch button-${tone}" type="button">${tone}</button>`)
    .join('\n')
}
