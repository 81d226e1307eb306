import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** A Node that can run the backend, and what it needs to be told to be one. */
export interface BackendNode {
  readonly path: string
  readonly env: Readonly<Record<string, string>>
}

export interface NodeSearch {
  readonly projectFolder: string
  readonly platform: NodeJS.Platform
  readonly arch: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** The running Electron, and the Node inside it. */
  readonly electron: { readonly path: string; readonly node: string }
}

/** better-sqlite3 13 needs Node-API 10: Node 22.14 and later. Electron 36 is the first that has it. */
export function canRunBackend(nodeVersion: string): boolean {
  return Number(nodeVersion.split('.')[0]) >= 22
}

/** The one named by `npm start`, the platform's package, else Electron itself playing Node; null if none will do. */
export function findBackendNode({
  projectFolder,
  platform,
  arch,
  env,
  electron,
}: NodeSearch): BackendNode | null {
  const named = env['PADDOCK_NODE']
  if (named && existsSync(named)) return { path: named, env: {} }
  const windows = platform === 'win32'
  const packageName = `node-${windows ? 'win' : platform}-${arch}`
  const packaged = join(projectFolder, 'node_modules', packageName, 'bin', windows ? 'node.exe' : 'node')
  if (existsSync(packaged)) return { path: packaged, env: {} }
  return canRunBackend(electron.node) ? { path: electron.path, env: { ELECTRON_RUN_AS_NODE: '1' } } : null
}
