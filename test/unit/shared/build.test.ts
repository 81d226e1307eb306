import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hasReached, isBeyond, type PlacedBuild, readBuild } from '#shared/domain/build.ts'
import { compareVersions, parseVersion, type Version } from '#shared/domain/version.ts'

function placed(text: string): PlacedBuild {
  const build = readBuild(text)
  if (build.kind !== 'placed') throw new Error(`${text} is ${build.kind}`)
  return build
}

function version(text: string): Version {
  const parsed = parseVersion(text)
  if (parsed === null) throw new Error(text)
  return parsed
}

describe('what a version text says about the build', () => {
  it.each([
    ['0.32.15', [0, 32, 15], null, 0],
    ['v0.32.15', [0, 32, 15], null, 0],
    [' 0.32.15 ', [0, 32, 15], null, 0],
    ['0.33.0-rc2', [0, 33, 0], 2, 0],
    ['0.13.0-rc.1', [0, 13, 0], 1, 0],
    ['0.5.7-0-ga420a45-dirty', [0, 5, 7], null, 0],
    ['0.6.5-3-gabc123-dirty', [0, 6, 5], null, 3],
    ['0.6.5-3-gabc123', [0, 6, 5], null, 3],
    ['0.33.0-rc2-11-gabc123', [0, 33, 0], 2, 11],
    ['0.17.1-dirty', [0, 17, 1], null, 0],
  ])('%j is placed', (text, numbers, candidate, commits) => {
    expect(readBuild(text)).toEqual({ kind: 'placed', version: { numbers, candidate }, commits })
  })

  it.each([
    [null, 'unstated'],
    ['', 'unreadable'],
    ['latest', 'unreadable'],
    ['0.9', 'unreadable'],
    ['9999999999.0.0', 'unreadable'],
    ['-1.0.0', 'unreadable'],
    ['0.0.0', 'development'],
    ['v0.0.0-dirty', 'development'],
    ['0.0.0-rc1', 'development'],
    ['0.5.4-ipexllm-2025', 'foreign'],
    ['0.4.0-ci1', 'foreign'],
    ['0.6.5+cuda', 'foreign'],
    ['0.6.5.1', 'foreign'],
    ['0.6.5-3-gxyz', 'foreign'],
    ['0.6.5 (patched)', 'foreign'],
  ])('%j is %s', (text, kind) => {
    expect(readBuild(text)).toEqual({ kind })
  })

  it('whatever the text, never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^v?\d+\.\d+\.\d+.*$/)), text => {
        readBuild(text)
      }),
    )
  })
})

describe('whether a build has what came with a release', () => {
  it.each([
    ['0.9.0', '0.17.1', false],
    ['0.17.1', '0.17.1', true],
    ['0.17.10', '0.17.9', true],
    ['0.33.0-rc2', '0.32.15', true],
    // The change may have come before or after the candidate was cut.
    ['0.33.0-rc2', '0.33.0', null],
    ['0.33.0-rc2', '0.33.1', false],
    ['0.11.5-rc0', '0.11.5-rc0', true],
    ['0.11.5-rc0', '0.11.5-rc1', false],
    ['0.11.5-rc0-2-gabcd', '0.11.5-rc1', null],
    // Three commits behind 0.6.5: perhaps what became 0.6.6, or 0.7.0 if that came next; never 0.6.7.
    ['0.6.5-3-gabcd', '0.6.5', true],
    ['0.6.5-3-gabcd', '0.6.6', null],
    ['0.6.5-3-gabcd', '0.7.0', null],
    ['0.6.5-3-gabcd', '0.6.7', false],
    ['0.6.5-3-gabcd', '0.14.3', false],
    ['0.24.0-3-gabcd', '0.30.0', null],
    ['0.6.5-0-gabcd', '0.6.6', false],
  ])('%s has %s: %s', (build, release, answer) => {
    expect(hasReached(placed(build), version(release))).toBe(answer)
  })

  it.each([
    ['0.3.14', '0.3.14', false],
    ['0.3.14-2-gabcd', '0.3.14', null],
    ['0.3.15', '0.3.14', true],
    ['0.3.15-rc0', '0.3.14', null],
    ['0.4.0-rc0', '0.3.14', null],
    ['0.4.1-rc0', '0.3.14', true],
    ['0.3.13', '0.3.14', false],
  ])('%s is beyond %s: %s', (build, release, answer) => {
    expect(isBeyond(placed(build), version(release))).toBe(answer)
  })

  const numbers = fc.tuple(fc.nat(3), fc.nat(40), fc.nat(20)).filter(all => all.some(number => number > 0))
  const candidate = fc.option(fc.nat(4), { nil: null })
  const anyVersion = fc.record({ numbers, candidate })

  it('is, for releases, plain comparison by number', () => {
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        const build = { kind: 'placed' as const, version: { numbers: a, candidate: null }, commits: 0 }
        const release = { numbers: b, candidate: null }
        const order = a[0] - b[0] || a[1] - b[1] || a[2] - b[2]
        expect(hasReached(build, release)).toBe(order >= 0)
        expect(isBeyond(build, release)).toBe(order > 0)
      }),
    )
  })

  it('never changes its mind from "yes" to "no" as builds grow newer', () => {
    const rank = { false: 0, null: 1, true: 2 }
    fc.assert(
      fc.property(anyVersion, anyVersion, anyVersion, fc.nat(2), (a, b, release, commits) => {
        const [older, newer] = compareVersions(a, b) <= 0 ? [a, b] : [b, a]
        const of = (version: Version, more: number) =>
          rank[String(hasReached({ kind: 'placed', version, commits: more }, release)) as keyof typeof rank]
        expect(of(older, 0)).toBeLessThanOrEqual(of(older, commits))
        expect(of(older, 0)).toBeLessThanOrEqual(of(newer, 0))
      }),
    )
  })
})
