import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matchAdvisory } from '#main/governance/advisories.ts'
import { type Advisory, AdvisoryData } from '#shared/domain/advisory.ts'
import { readBuild } from '#shared/domain/build.ts'
import { compareVersions, parseVersion } from '#shared/domain/version.ts'

const path = join(import.meta.dirname, '..', '..', '..', 'resources', 'advisories', 'ollama.json')
const data = AdvisoryData.parse(JSON.parse(readFileSync(path, 'utf8')))
const advisory = (id: string): Advisory => {
  const found = data.advisories.find(each => each.id === id || each.id === `CVE-${id}`)
  if (found === undefined) throw new Error(`no advisory ${id}`)
  return found
}
const say = (id: string, version: string | null) => {
  const { state, reason } = matchAdvisory(advisory(id), readBuild(version))
  return `${state}: ${reason}`
}
const affectedAt = (version: string) =>
  data.advisories
    .filter(each => matchAdvisory(each, readBuild(version)).state === 'affected')
    .map(({ id }) => id.replace('CVE-', ''))

describe('the shipped advisories', () => {
  it('hold what is known, and nothing of other products', () => {
    expect(data.advisories.filter(({ id }) => id.startsWith('CVE-'))).toHaveLength(33)
    expect(data.advisories).toHaveLength(37)
    const ids = data.advisories.flatMap(({ id, aliases }) => [id, ...aliases])
    for (const foreign of [
      '2025-48889',
      '2025-15063',
      '2026-34940',
      '2025-29446',
      '2026-45365',
      '2024-7773',
    ]) {
      expect(ids).not.toContain(`CVE-${foreign}`)
    }
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('agree with themselves: what is fixed is not in a range any more', () => {
    for (const each of data.advisories) {
      if (each.fixedIn === null) continue
      const { state, reason } = matchAdvisory(each, readBuild(each.fixedIn))
      expect([each.id, state === 'not-affected' || reason === 'sources-disagree']).toEqual([each.id, true])
    }
  })

  it('say what they disagree about wherever they do, and only there', () => {
    for (const each of data.advisories) {
      if (each.disputed.length > 0) expect([each.id, each.dispute]).not.toEqual([each.id, null])
      if (each.rule === 'configuration') expect([...each.affected, ...each.disputed]).toEqual([])
      else expect([...each.affected, ...each.disputed].length).toBeGreaterThan(0)
    }
  })

  /** The ladder of what each version closes, read independently of the file. */
  it.each([
    ['0.1.33', '0.1.34', ['2024-37032', '2024-39721', '2025-44779']],
    ['0.1.45', '0.1.47', ['2024-39720', '2024-39722', '2024-45436']],
    ['0.6.8', '0.8.0', ['mllama-out-of-bounds-write', '2025-1975', '2026-15685']],
    ['0.14.2', '0.14.3', ['2025-51471']],
    ['0.17.0', '0.17.1', ['2026-7482']],
    ['0.31.1', '0.31.2', ['2025-0315', '2025-0317', '2025-66959', '2025-66960', '2026-65315', '2026-86289']],
    ['0.34.1', '0.34.2', ['2026-108836']],
    ['0.34.3', '0.35.0', ['2026-103663']],
  ])('%s is in ranges that %s is not in', (before, after, closed) => {
    const lost = affectedAt(before).filter(id => !affectedAt(after).includes(id))
    expect(lost.sort()).toEqual(closed.sort())
  })

  it('leave nothing that is certain at 0.35.0, and say what is not', () => {
    expect(affectedAt('0.35.0')).toEqual([])
    const open = data.advisories.filter(each =>
      ['sources-disagree', 'versions-unstated'].includes(matchAdvisory(each, readBuild('0.40.2')).reason),
    )
    expect(open.map(({ id }) => id.replace('CVE-', '')).sort()).toEqual(
      ['2024-8063', '2024-12055', '2024-12886', '2025-0312', '2026-5530', '2026-5757', '2026-7020'].sort(),
    )
  })
})

describe('matching', () => {
  it('compares by number, not by text', () => {
    expect(say('2026-7482', '0.9.6')).toBe('affected: in-range')
    expect(say('2026-7482', '0.17.1')).toBe('not-affected: outside-range')
  })

  it.each([
    ['2026-7482', '0.17.1-rc0', 'unknown: between-releases'],
    ['2026-7482', '0.17.0-rc1', 'affected: in-range'],
    ['2026-7482', '0.17.0-4-gabc123-dirty', 'unknown: between-releases'],
    ['2026-7482', '0.16.2-4-gabc123-dirty', 'affected: in-range'],
    ['2026-7482', '0.5.7-0-ga420a45-dirty', 'affected: in-range'],
    ['2026-7482', '0.0.0', 'unknown: development'],
    ['2026-7482', null, 'unknown: unstated'],
    ['2026-7482', 'nightly', 'unknown: unreadable'],
    ['2026-7482', '0.5.4-ipexllm-2025', 'unknown: foreign'],
    ['2025-15514', '0.11.4', 'not-affected: outside-range'],
    ['2025-15514', '0.11.5-rc0', 'affected: in-range'],
    ['2025-15514', '0.13.5', 'affected: in-range'],
    ['2025-15514', '0.24.0', 'unknown: sources-disagree'],
    ['2025-15514', '0.30.0', 'not-affected: outside-range'],
    ['2025-63389', '0.12.3', 'unknown: configuration'],
    ['2025-63389', '0.40.2', 'unknown: configuration'],
    ['2026-42248', '0.17.5', 'unknown: other-component'],
    ['2026-42248', '0.12.9', 'not-affected: outside-range'],
    ['2026-102697', '0.20.0', 'unknown: other-component'],
    ['2026-103663', '0.34.2', 'affected: in-range'],
    ['2026-103663', '0.32.15', 'unknown: sources-disagree'],
    ['2026-103663', '0.13.5', 'not-affected: outside-range'],
    ['2026-5757', '0.20.0', 'unknown: versions-unstated'],
  ])('%s and version %s: %s', (id, version, verdict) => {
    expect(say(id, version)).toBe(verdict)
  })

  const number = fc.nat(40)
  const release = fc
    .tuple(fc.nat(2), number, number)
    .filter(([a, b, c]) => a + b + c > 0)
    .map(numbers => numbers.join('.'))
  const ranged = (range: object): Advisory => ({ ...advisory('2026-7482'), affected: [range], disputed: [] })

  it('of any release and range is what comparing them says', () => {
    fc.assert(
      fc.property(release, release, release, fc.constantFrom('below', 'atMost'), (at, from, to, end) => {
        const order = (a: string, b: string) => {
          const [left, right] = [parseVersion(a), parseVersion(b)]
          return left === null || right === null ? Number.NaN : compareVersions(left, right)
        }
        const isIn = order(at, from) >= 0 && (end === 'below' ? order(at, to) < 0 : order(at, to) <= 0)
        const { state } = matchAdvisory(ranged({ atLeast: from, [end]: to }), readBuild(at))
        expect(state).toBe(isIn ? 'affected' : 'not-affected')
      }),
    )
  })

  it('of a build between two releases never claims more than both of them', () => {
    fc.assert(
      fc.property(release, fc.nat(9), fc.nat(9), release, (base, candidate, commits, fixed) => {
        const about = ranged({ below: fixed })
        const of = (version: string) => matchAdvisory(about, readBuild(version)).state
        // Later than its base: what the base has fixed, it has too.
        if (of(base) === 'not-affected') expect(of(`${base}-${commits}-gabcdef0`)).toBe('not-affected')
        // Earlier than its release: what even the release has not fixed, its candidate has not.
        if (of(base) === 'affected') expect(of(`${base}-rc${candidate}`)).toBe('affected')
      }),
    )
  })

  it('of whatever a server calls its version never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constant(null)), version => {
        for (const each of data.advisories) matchAdvisory(each, readBuild(version))
      }),
    )
  })
})
