import { Badge, Button } from '@house/ui'

export { Badge, Button }
