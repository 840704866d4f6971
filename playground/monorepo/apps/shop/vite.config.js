import { vueConfig } from '@house/config/vite'

export default vueConfig()
