import { join } from 'node:path'
import { projectRoot } from '../setup/project.js'
import { toolCheck } from './tool-check.js'

/** @param {string} node */
export function architecture(node) {
  return toolCheck('architecture', node, [[join(projectRoot, 'scripts', 'architecture.js')]])
}
