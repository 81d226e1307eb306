import { describe, expect, it } from 'vitest'
import { stableFacts } from '#main/governance/reconcile.ts'
import type { Observation } from '#shared/domain/observation.ts'
import type { ProbeKind } from '#shared/domain/probe.ts'
import { nothingKnown } from '#shared/domain/protection.ts'
import { type BracketEvidence, bracketOf, type VersionBracket } from '#shared/domain/version-bracket.ts'

const piece = (kind: ProbeKind, atLeast: string): BracketEvidence => ({
  kind,
  finding: 'route',
  about: `/${kind}`,
  atLeast,
  below: null,
})
const whole = bracketOf([piece('ps', '0.1.38'), piece('status', '0.16.2')])
const partial = bracketOf([piece('ps', '0.1.38')])

function seen(
  version: string | null,
  bracket: VersionBracket | null,
  failed: ProbeKind[] = [],
  product: 'ollama' | 'unknown' = 'ollama',
): Observation {
  return {
    target: { address: '10.0.0.1', port: 11434 },
    scheme: 'http',
    basePath: '',
    observedAt: 0,
    identity: { product, confidence: 100, suspected: null, signals: [] },
    version,
    bracket,
    access: { api: 'open', v1: 'open' },
    cors: 'restricted',
    protection: nothingKnown,
    front: null,
    certificate: null,
    hardwareAddress: null,
    vacantPaths: [],
    models: [],
    running: [],
    cloudDisabled: null,
    hostNames: [],
    probes: failed.map(kind => ({
      kind,
      about: null,
      request: 'GET /',
      status: null,
      failure: 'timed-out',
      truncated: false,
      bytes: 0,
      durationMs: 1,
    })),
  }
}

const before = stableFacts(seen('0.18.0', whole), null)

describe('a version bracket from scan to scan', () => {
  it.each([
    ['a question that failed takes nothing away', seen('0.18.0', partial, ['status']), whole],
    ['nor does one for the version', seen(null, partial, ['version']), whole],
    ['one that was answered counts as answered', seen('0.18.0', partial), partial],
    ['another version is another server', seen('0.9.0', partial, ['status']), partial],
    ['proof that is only missing keeps it', seen('0.18.0', null, ['origin'], 'unknown'), whole],
    ['what is no Ollama any more has none', seen(null, null, [], 'unknown'), null],
  ])('%s', (_, now, expected) => {
    expect(stableFacts(now, before).bracket).toEqual(expected)
  })
})
