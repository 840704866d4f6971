import SearchIcon from '../icons/search.svg?react'

interface Props {
  label: string
  value: string
  onChange: (value: string) => void
}

export function SearchBox({ label, value, onChange }: Props) {
  return (
    <label>
      <SearchIcon title={label} />
      <input
        type="search"
        value={value}
        placeholder={label}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  )
}
