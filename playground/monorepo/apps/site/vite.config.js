import { reactConfig } from '@house/config/vite'

export default reactConfig()
