import { describe, expect, it } from 'vitest'
import type { Identified } from '#main/scanner/identify.ts'
import type { VisitOutcome } from '#main/scanner/sweep-batch.ts'
import { createTarpitWatch } from '#main/scanner/tarpit.ts'
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
  const server = await serveOllama('127.63.0.1', 11_917)
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

  it('not where one refuses, or says something else', async () => {
    const seen = await someOllama()
    for (const [outcome, other] of [
      ['refused', 'unrecognised'],
      ['answered', 'unrecognised'],
      ['failed', 'mute'],
    ] as const) {
      const { watch, passed, note, end } = watching()
      note(100, 'answered', seen)
      note(1, outcome, other)
      expect(passed).toHaveLength(100)
      end(0)
      expect(watch.found()).toEqual([])
    }
  })
})
