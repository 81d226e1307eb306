import { describe, expect, it } from 'vitest'
import type { Identified } from '#main/scanner/identify.ts'
import type { VisitOutcome } from '#main/scanner/sweep-batch.ts'
import { createTarpitWatch } from '#main/scanner/tarpit.ts'
import type { Observation } from '#shared/domain/observation.ts'
import { pulled } from '../support/recorded.ts'
import { observationAt } from '../support/scanning.ts'
import { serveOllama } from '../support/sweeping.ts'

const place = { network: 3, port: 11_434 }

/** A watch, and what it passed on. */
function watching() {
  const watch = createTarpitWatch()
  const passed: unknown[] = []
  const pass = (seen: readonly unknown[]) => void passed.push(...seen)
  const note = (times: number, outcome: VisitOutcome, seen: Identified) => {
    for (let k = 0; k < times; k++) watch.note(place, outcome, seen, pass)
  }
  return { watch, passed, note, end: (silent: number) => watch.end(3, Array(silent).fill(11_434), pass) }
}

async function someOllama(): Promise<Identified> {
  const server = await serveOllama('127.111.0.1', 11_917)
  try {
    return [await observationAt(server.address, server.port)]
  } finally {
    await server.close()
  }
}

describe('a tarpit is suspected', () => {
  it('although some packets were lost and found again in a later look', async () => {
    const seen = await someOllama()
    const { watch, passed, note, end } = watching()
    note(100, 'answered', seen)
    note(6, 'silent', 'unrecognised')
    note(150, 'answered', seen)
    note(6, 'answered', seen)
    end(0)
    expect(watch.found()).toEqual([3])
    expect(watch.found()).toEqual([])
    expect(passed).toEqual([])
  })

  it('although it was too busy to answer everybody, or everything', async () => {
    const seen = await someOllama()
    const [one] = seen as readonly [Observation]
    const { watch, passed, note, end } = watching()
    note(3, 'failed', 'mute')
    note(1, 'answered', [{ ...one, models: null }])
    note(200, 'answered', seen)
    note(12, 'failed', 'mute')
    note(40, 'answered', [{ ...one, version: null, models: null }])
    end(0)
    expect(watch.found()).toEqual([3])
    expect(passed).toEqual([])
  })

  it.each([
    ['one refuses', 'refused', 'unrecognised'],
    ['one is something else', 'answered', 'unrecognised'],
  ] as const)('not where %s', async (_, outcome, other) => {
    const seen = await someOllama()
    const { watch, passed, note, end } = watching()
    note(255, 'answered', seen)
    note(1, outcome, other)
    end(0)
    expect(watch.found()).toEqual([])
    expect(passed).toHaveLength(255)
  })

  it('not where a few servers stand behind a firewall that takes every connection', async () => {
    const seen = await someOllama()
    const { watch, passed, note, end } = watching()
    note(100, 'failed', 'mute')
    note(40, 'answered', seen)
    note(116, 'failed', 'mute')
    end(0)
    expect(watch.found()).toEqual([])
    expect(passed).toHaveLength(40)
  })

  it('not where one holds another model than the others, or states another version', async () => {
    const seen = await someOllama()
    const [found] = seen as readonly [Observation]
    const one = { ...found, models: [] }
    const model = pulled('llama3.2:3b', '2026-01-01T00:00:00Z')
    for (const other of [
      { ...one, models: [model] },
      { ...one, version: '0.1.0' },
    ]) {
      const { watch, passed, note, end } = watching()
      note(255, 'answered', [one])
      note(1, 'answered', [other])
      end(0)
      expect(watch.found()).toEqual([])
      expect(passed).toHaveLength(256)
    }
  })

  it('not where addresses stay silent in the end, however alike the others are', async () => {
    const seen = await someOllama()
    const { watch, passed, note, end } = watching()
    note(200, 'answered', seen)
    note(40, 'silent', 'unrecognised')
    end(40)
    expect(watch.found()).toEqual([])
    expect(passed).toHaveLength(200)
  })

  it('not in an ordinary network, where observations do not wait for its end', async () => {
    const seen = await someOllama()
    const { watch, passed, note } = watching()
    note(2, 'answered', seen)
    note(9, 'silent', 'unrecognised')
    expect(passed).toHaveLength(2)
    note(1, 'answered', seen)
    expect(passed).toHaveLength(3)
    expect(watch.found()).toEqual([])
  })

  it('not by fewer than 32, which may be a rack', async () => {
    const seen = await someOllama()
    const { watch, passed, note, end } = watching()
    note(31, 'answered', seen)
    end(0)
    expect(watch.found()).toEqual([])
    expect(passed).toHaveLength(31)
  })
})
