import { describe, expect, it } from 'vitest'
import type { OllamaHost } from '#lab/ollama/host.ts'
import { ollama } from '#lab/ollama/server.ts'
import { RequestReader } from '#lab/wire/reader.ts'
import captured from './captured-answers.json' with { type: 'json' }

/**
 * Every release the lab simulates against what the real one answered, byte for byte. The captures hold no models: those of
 * the lab are its own.
 */
type Case = (typeof captured.cases)[number]

describe.each(captured.releases.map((version, index) => ({ version, index })))(
  'Ollama $version answers as captured',
  ({ version, index }) => {
    const asked = captured.cases.filter(each => each.answers.split(' ')[index] !== '-')

    it.each(asked)('$case', each => {
      const expected = captured.responses[Number(each.answers.split(' ')[index])]
      expect(answerOf(hostOf(each, version), each.request).replaceAll(version, '{version}')).toBe(expected)
    })
  },
)

function hostOf(each: Case, version: string): OllamaHost {
  const asked: { bound?: string; origins?: string; cloudOff?: string } = each
  return {
    version,
    bound: asked.bound === 'everywhere' ? 'everywhere' : 'loopback',
    machineName: 'vm',
    origins: asked.origins === undefined ? [] : asked.origins.split(','),
    ...(asked.cloudOff === undefined ? {} : { cloudOff: asked.cloudOff as 'env' | 'config' | 'both' }),
    holds: [],
  }
}

/** What the server writes for the bytes, as a text with Date and version length masked like the captures. */
function answerOf(host: OllamaHost, request: string): string {
  const server = ollama(host)
  const reader = new RequestReader()
  reader.push(Buffer.from(request, 'latin1'))
  const written: Buffer[] = []
  for (let next = reader.next(); next !== null; next = reader.next()) {
    if (reader.takeContinue()) written.push(Buffer.from('HTTP/1.1 100 Continue\r\n\r\n'))
    if ('kind' in next) {
      written.push(server.dialect.refuse(next))
      break
    }
    const answer = server.dialect.answer(next, server.answer(next))
    written.push(answer.bytes)
    if (answer.close) break
  }
  return Buffer.concat(written)
    .toString('latin1')
    .replace(/Date: [^\r]*GMT/g, 'Date: *')
    .replace(/Content-Length: \d+(\r\n(?:Connection: close\r\n)?\r\n\{"version")/g, 'Content-Length: *$1')
}
