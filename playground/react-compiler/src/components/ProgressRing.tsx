import CheckIcon from '../icons/check.svg?react'

const radius = 15
const length = 2 * Math.PI * radius

export function ProgressRing({ part, whole }: { part: number; whole: number }) {
  const share = whole === 0 ? 0 : Math.min(1, part / whole)
  if (share === 1) return <CheckIcon title="Finished" />

  return (
    <svg viewBox="0 0 36 36" width="36" height="36" role="img">
      <title>{`${Math.round(share * 100)} %`}</title>
      <circle cx="18" cy="18" r={radius} fill="none" stroke="var(--line)" strokeWidth="4" />
      <circle
        cx="18"
        cy="18"
        r={radius}
        fill="none"
        stroke="var(--tone-good)"
        strokeWidth="4"
        strokeDasharray={`${share * length} ${length}`}
        transform="rotate(-90 18 18)"
      />
    </svg>
  )
}
