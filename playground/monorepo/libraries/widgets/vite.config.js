import { vueConfig } from '@house/config/vite'

export default vueConfig({
  lib: { entry: 'src/index.ts', formats: ['es'], fileName: 'widgets' },
})
