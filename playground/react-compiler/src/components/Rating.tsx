import { useState } from 'react'
import StarIcon from '../icons/star.svg?react'

const steps = [1, 2, 3, 4, 5]

export function Rating({ value, onRate }: { value: number; onRate: (value: number) => void }) {
  const [hovered, setHovered] = useState<number | null>(null)
  const shown = hovered ?? value

  return (
    <span role="group" aria-label={`Rated ${value} of 5`} onMouseLeave={() => setHovered(null)}>
      {steps.map((step) => (
        <button
          key={step}
          type="button"
          aria-label={`Rate ${step}`}
          aria-pressed={step === value}
          onMouseEnter={() => setHovered(step)}
          onClick={() => onRate(step === value ? 0 : step)}
        >
          <StarIcon fill={step <= shown ? 'currentColor' : 'none'} />
        </button>
      ))}
    </span>
  )
}
