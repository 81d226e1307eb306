import type { HttpBehaviour } from '#lab/behaviour.ts'
import { catalogModel } from '#lab/catalog/catalog.ts'
import { ollama } from '#lab/ollama/server.ts'

const names = ['qwen3:8b', 'llama3.1:8b', 'gemma3:4b', 'nomic-embed-text:latest']

/** An Ollama 0.32.15 with four models: what a benchmark's hosts serve. */
export function fourModels(): HttpBehaviour {
  const modifiedAt = '2026-08-02T09:14:33.481920117+02:00'
  return ollama({ version: '0.32.15', holds: names.map(name => ({ model: catalogModel(name), modifiedAt })) })
}
