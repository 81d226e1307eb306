import type { HttpBehaviour } from '#lab/behaviour.ts'
import { catalogModel } from '#lab/catalog/catalog.ts'
import { ollama } from '#lab/ollama/server.ts'

const names = ['qwen3:8b', 'llama3.1:8b', 'gemma3:4b', 'nomic-embed-text:latest']

/** An Ollama 0.32.15 with four models: what a benchmark's hosts serve. Counts the bytes of its answers. */
export function fourModels(): { readonly behaviour: HttpBehaviour; readonly bytesSent: () => number } {
  const modifiedAt = '2026-08-02T09:14:33.481920117+02:00'
  const server = ollama({
    version: '0.32.15',
    holds: names.map(name => ({ model: catalogModel(name), modifiedAt })),
  })
  let bytes = 0
  const answer: HttpBehaviour['dialect']['answer'] = (request, response) => {
    const written = server.dialect.answer(request, response)
    bytes += written.bytes.length
    return written
  }
  return { behaviour: { ...server, dialect: { ...server.dialect, answer } }, bytesSent: () => bytes }
}
