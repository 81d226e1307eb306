import { join } from 'node:path'
import { projectRoot } from '../setup/project.js'
import { toolCheck } from './tool-check.js'

/** @param {string} node */
export function lint(node) {
  const biome = join(projectRoot, 'node_modules', '@biomejs', 'biome', 'bin', 'biome')
  return toolCheck('lint', node, [[biome, 'ci', '--colors=off']])
}
