import path from 'node:path'

export function buildCommand(app, modulesDir, config) {
  if (app === 'rollup-library') {
    const rollup = path.join(modulesDir, 'rollup/dist/bin/rollup')
    return { script: rollup, args: ['--silent', '-c', config ?? 'rollup.config.js'] }
  }
  const vite = path.join(modulesDir, 'vite/bin/vite.js')
  return { script: vite, args: ['build', ...(config ? ['--config', config] : [])] }
}
