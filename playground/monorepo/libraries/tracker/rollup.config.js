import { libraryConfig } from '@house/config/rollup'

export default libraryConfig()
