interface Props<T extends string> {
  label: string
  names: readonly T[]
  active: T
  onChange: (name: T) => void
}

export function Tabs<T extends string>({ label, names, active, onChange }: Props<T>) {
  return (
    <nav aria-label={label}>
      {names.map((name) => (
        <button
          key={name}
          type="button"
          aria-current={name === active ? 'page' : undefined}
          onClick={() => onChange(name)}
        >
          {name}
        </button>
      ))}
    </nav>
  )
}
