import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startLab } from '#lab/lab.ts'
import { fronts } from '#lab/organisation/fronts.ts'
import { organisation } from '#lab/organisation/organisation.ts'
import { stableFacts } from '#main/governance/reconcile.ts'
import { allowList } from '#main/scanner/allow-list.ts'
import type { ProbeKind } from '#shared/domain/probe.ts'
import { managementRoutes } from '#shared/domain/protection.ts'
import { parseVersion } from '#shared/domain/version.ts'
import { type RecordedAnswer, serveAnswers } from '../support/raw-server.ts'
import { observationAt } from '../support/scanning.ts'

const folder = join(import.meta.dirname, '..', 'fixtures', 'products', 'ollama')

interface Release {
  readonly cases: Record<string, Partial<Record<ProbeKind, RecordedAnswer>>>
  readonly routes: Record<string, RecordedAnswer>
}

const releases = readdirSync(folder).map(file => {
  const release: Release = JSON.parse(readFileSync(join(folder, file), 'utf8'))
  return { version: file.slice(0, -'.json'.length), ...release }
})

/** Serves a release as it was recorded; what was asked of its management routes is kept. */
async function serve({ cases, routes }: Release) {
  const answers = cases['with-models'] ?? {}
  const byPath = new Map<string, ProbeKind>(allowList.map(({ path, kind }) => [path, kind]))
  byPath.set('/api/version', 'version')
  const server = await serveAnswers((_, path, head) => {
    const kind = /\r\nOrigin: /.test(head) ? 'origin' : (byPath.get(path) ?? 'unknown-path')
    return routes[kind] ?? routes[path] ?? answers[kind] ?? answers['unknown-path'] ?? null
  })
  onTestFinished(() => server.close())
  return server
}

const reachable = Object.fromEntries(managementRoutes.map(route => [route, 'reachable']))
const unknown = Object.fromEntries(managementRoutes.map(route => [route, 'unknown']))
const blocked = Object.fromEntries(managementRoutes.map(route => [route, 'blocked']))

describe.each(releases)('Ollama $version as recorded', release => {
  it('shows whether models can be managed from outside, where its router tells', async () => {
    const server = await serve(release)
    const { protection, probes } = await observationAt(server.address, server.port)
    const numbers = parseVersion(release.version)?.numbers ?? [0, 0, 0]
    const tells = numbers[0] > 0 || numbers[1] >= 7
    const asked = probes.filter(({ kind }) => /^route-(push|create|copy|delete)$/.test(kind))
    // Before 0.7.0 a GET would be answered "not found" whether the way is open or not: it is not asked.
    expect(asked).toHaveLength(tells ? 4 : 0)
    expect(protection.management).toEqual(tells ? reachable : unknown)
  })
})

describe('what protects an endpoint', () => {
  const start = async (base: string, places: readonly number[]) => {
    const hosts = [...organisation, ...fronts].filter(({ at }) => places.includes(at))
    const lab = await startLab({ base, hosts })
    onTestFinished(() => lab.stop())
    return {
      lab,
      at: (place: number) => observationAt(base.replace('0/24', String(place)), 11434),
    }
  }

  it('nothing: every route of management is reached, any host name is accepted', async () => {
    const { at, lab } = await start('127.87.0.0/24', [105, 116])
    expect((await at(105)).protection).toEqual({
      guards: { api: null, v1: null },
      hostCheck: 'any',
      management: reachable,
      cloudSource: 'none',
    })
    // What lets GET pass and POST not cannot be told by a GET: that is said where the fact is shown.
    expect((await at(116)).protection.management).toEqual(reachable)
    expect(lab.requests.filter(({ forbidden }) => forbidden)).toEqual([])
    expect(new Set(lab.requests.map(({ method }) => method))).toEqual(new Set(['GET']))
  })

  it('a proxy that keeps model management back', async () => {
    const { at } = await start('127.88.0.0/24', [115])
    expect((await at(115)).protection).toMatchObject({ management: blocked, hostCheck: 'any' })
  })

  it('a password, on one side only', async () => {
    const { at } = await start('127.89.0.0/24', [103, 104])
    expect((await at(103)).protection.guards).toEqual({ api: null, v1: { kind: 'password', leadsTo: null } })
    expect((await at(104)).protection.guards).toEqual({ api: { kind: 'password', leadsTo: null }, v1: null })
  })

  it('a login page: where it is, without the tickets in its address', async () => {
    const { at } = await start('127.87.1.0/24', [113])
    const guard = { kind: 'login-page', leadsTo: 'https://sso.example.internal' }
    expect((await at(113)).protection.guards).toEqual({ api: guard, v1: guard })
  })

  it("Ollama's own check of host names, behind a port forward", async () => {
    const { at } = await start('127.87.2.0/24', [102])
    const { protection, probes } = await at(102)
    expect(protection).toMatchObject({ guards: { api: { kind: 'host-check' } }, hostCheck: 'checked' })
    // A 403 is never asked again under another name.
    expect(probes.map(({ kind }) => kind)).not.toContain('host')
  })

  it('stays as it was where a question fails, and changes where it is answered otherwise', async () => {
    const { at } = await start('127.87.3.0/24', [105])
    const seen = await at(105)
    const before = stableFacts(seen, null)
    const lost = {
      ...seen,
      protection: {
        ...seen.protection,
        hostCheck: 'unknown' as const,
        management: unknown as typeof seen.protection.management,
      },
      probes: seen.probes.map(probe =>
        probe.kind === 'host' || probe.kind === 'route-pull'
          ? { ...probe, failure: 'timed-out' as const }
          : probe,
      ),
    }
    expect(stableFacts(lost, before).protection).toEqual(before.protection)
    const answered = { ...lost, probes: seen.probes }
    expect(stableFacts(answered, before).protection).toMatchObject({
      hostCheck: 'unknown',
      management: unknown,
    })
  })
})
