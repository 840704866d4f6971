import '@house/kit/kit.scss'
import { Card, Counter } from '@house/kit'
import { isoDate } from '@house/utils'
import { createRoot } from 'react-dom/client'

function Site() {
  return (
    <Card title="Site">
      <p>Since {isoDate(new Date(0))}</p>
      <Counter />
    </Card>
  )
}

createRoot(document.getElementById('app')!).render(<Site />)
