/**
 * By these a hook asks other processes and machines, each an owner and a name.
 * `connect` is below all of them, but for a connection that was kept open.
 */
export function networkCalls(): readonly (readonly [owner: object, name: string])[] {
  // not imported: Rollup alone loads none of them
  const http = process.getBuiltinModule('node:http')
  const https = process.getBuiltinModule('node:https')
  const { Socket } = process.getBuiltinModule('node:net')
  return [
    [globalThis, 'fetch'],
    [http, 'request'],
    [http, 'get'],
    [https, 'request'],
    [https, 'get'],
    [Socket.prototype, 'connect'],
  ]
}
