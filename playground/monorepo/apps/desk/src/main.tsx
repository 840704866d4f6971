import '@house/kit/kit.scss'
import { Card, Counter, Table } from '@house/kit'
import { createRoot } from 'react-dom/client'

const rows = ['north', 'south'].flatMap((group) =>
  ['a', 'b'].map((name) => ({ name: `${group}-${name}`, group })),
)

function Desk() {
  return (
    <Card title="Desk">
      <Table rows={rows} />
      <Counter start={rows.length} />
    </Card>
  )
}

createRoot(document.getElementById('app')!).render(<Desk />)
