/**
 * How a playground app is built: a script for Node, and its arguments.
 *
 * @param modulesDir the node_modules folder with the host.
 * @param config a config file other than the usual one, relative to the app.
 */
export function buildCommand(
  app: string,
  modulesDir: string,
  config?: string,
): { script: string; args: string[] }
