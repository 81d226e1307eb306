import { describe, expect, it, onTestFinished } from 'vitest'
import { startLab } from '#lab/lab.ts'
import { fronts } from '#lab/organisation/fronts.ts'
import { must, startBackend } from '../support/backend.ts'
import { runCommand } from '../support/command-line.ts'
import { expected, registerLab, told } from '../support/lab-rows.ts'

describe('a scan of what stands behind fronts', () => {
  it('finds exactly what is there', async () => {
    const lab = await startLab({ base: '127.83.0.0/24', hosts: fronts })
    onTestFinished(() => lab.stop())
    const backend = await startBackend()
    await registerLab(backend, lab, [...lab.ports, ...lab.lookAlikePorts])
    const report = await backend.scan({ rate: 5000 })
    const rows = await must(backend.call('inventory.list', {}))
    const truth = lab.truth().flatMap(each => (each.kind === 'instance' ? [each] : []))
    const rowAt = new Map(rows.map(row => [`${row.address}:${row.port}`, row]))
    for (const each of truth) {
      expect(told(rowAt.get(`${each.address}:${each.port}`)), each.host).toEqual(expected(each))
    }
    expect(rows).toHaveLength(truth.length)
    expect(lab.requests.filter(request => request.forbidden)).toEqual([])
    // What was said in clear text to a port of TLS is no request to the server behind it.
    expect(report.requests.byKind['tls']).toBeGreaterThanOrEqual(truth.length)

    const again = await backend.scan({ rate: 5000 })
    expect(again.instances).toEqual({ seen: truth.length, new: 0, changed: 0, missing: 0 })
  })

  it('shows what is wrong with each certificate, and the names it gives away', async () => {
    const lab = await startLab({ base: '127.84.0.0/24', hosts: fronts.filter(({ at }) => at <= 113) })
    onTestFinished(() => lab.stop())
    const backend = await startBackend()
    await registerLab(backend, lab, lab.ports)
    await backend.scan({ rate: 5000 })
    const show = (place: number) =>
      must(backend.call('instance.show', { instance: `127.84.0.${place}:11434` }))
    const [selfSigned, expired, early, sso] = await Promise.all([show(110), show(111), show(112), show(113)])
    const flaws = (detail: typeof selfSigned) => {
      const shown = detail.endpoints[0]?.certificate
      return [shown?.selfSigned, shown?.expired, shown?.notYetValid, shown?.nameMismatch]
    }
    expect(flaws(selfSigned)).toEqual([true, false, false, true])
    expect(flaws(expired)).toEqual([false, true, false, true])
    expect(flaws(early)).toEqual([false, false, true, true])
    expect(flaws(sso)).toEqual([false, false, false, true])
    expect(expired.hostnames).toEqual(['llm.example.internal'])
    expect(expired.hostnameSources).toEqual([{ name: 'llm.example.internal', source: 'certificate' }])
    expect(expired.endpoints[0]).toMatchObject({ scheme: 'https', tls: true, basePath: '' })
    expect(expired.endpoints[0]?.evidence.map(probe => probe.kind)).toContain('tls')
    await backend.close()
    const command = ['instance', '127.84.0.111:11434', '--lang', 'de']
    const { stdout: text } = await runCommand(backend.dataFolder, ...command)
    expect(text).toContain('TLSv1.3, Zertifikat, abgelaufen, nicht für diese Adresse ausgestellt')
    expect(text).toContain('von O=Example & Partners AG, CN=Example & Partners Root')
    expect(sso).toMatchObject({ product: 'unknown', suspected: 'ollama', access: 'auth-required' })
  })
})
