import { startTransition, useState } from 'react'
import { groups, lazyGroups, type Group } from '../catalogue'

export default function CataloguePage() {
  const [shown, setShown] = useState<Group | undefined>(groups[0])

  function open(name: string) {
    startTransition(async () => {
      const group = await lazyGroups[name]?.()
      startTransition(() => setShown(group))
    })
  }

  if (!shown) return <p>The catalogue is empty. Generate components to fill it.</p>

  return (
    <>
      <nav aria-label="Groups">
        {groups.map((group) => (
          <button
            key={group.name}
            type="button"
            aria-pressed={group === shown}
            onClick={() => setShown(group)}
          >
            {group.name}
          </button>
        ))}
        {Object.keys(lazyGroups).map((name) => (
          <button key={name} type="button" onClick={() => open(name)}>
            {name}
          </button>
        ))}
      </nav>
      {shown.entries.map(({ name, component: Component, rows }) => (
        <Component key={name} title={name} rows={rows} />
      ))}
    </>
  )
}
