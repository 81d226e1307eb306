import { type LabHost, labHost } from '../host.ts'
import { ollama } from '../ollama/server.ts'
import { openOllama } from '../truth.ts'
import { held } from './held.ts'
import { chatTools, known } from './known-models.ts'

/**
 * Living hosts that nobody may touch: in the last eight addresses, which every scan is to exclude, and in the next block,
 * which is nobody's to scan. They answer like any other, and that they were asked is what a test looks for.
 */
export const canaries: readonly LabHost[] = [
  canary(248, 'excluded', 'Medical device in the excluded addresses'),
  canary(252, 'excluded', 'Plant control in the excluded addresses'),
  canary(255, 'excluded', 'Last address of the block'),
  canary(256, 'outside', 'First address of the neighbour'),
  canary(266, 'outside', 'Machine of the neighbour'),
]

function canary(at: number, scope: 'excluded' | 'outside', title: string): LabHost {
  const serves = ollama({
    version: '0.9.6',
    holds: [held('llama3.1:8b', '2025-08-11T10:00:00.118273645+02:00')],
  })
  const found = openOllama({
    version: '0.9.6',
    models: [known('llama3.1:8b', chatTools)],
    capabilities: ['completion', 'tools'],
    toolCalling: true,
    running: [],
  })
  return { ...labHost(at, title, serves, found), scope }
}
