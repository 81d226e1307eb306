import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../setup/project.js'
import { toolCheck } from './tool-check.js'

/** One a process: what the sandboxed page may use differs from what the backend may. */
const projects = ['shared', 'main', 'preload', 'renderer', 'test', 'scripts']

/** @param {string} node */
export function typeCheck(node) {
  const compiler = join(projectRoot, 'node_modules', 'typescript', 'bin', 'tsc')
  const present = projects.filter(
    name => name !== 'renderer' || existsSync(join(projectRoot, 'src/renderer/main.tsx')),
  )
  // What has not changed since the last check is not checked again.
  const known = join(projectRoot, 'node_modules', '.cache', 'types')
  const commands = present.map(name => [
    ...[compiler, '-p', `tsconfig.${name}.json`, '--pretty'],
    ...['--incremental', '--tsBuildInfoFile', join(known, `${name}.tsbuildinfo`)],
  ])
  return toolCheck('type check', node, commands)
}
