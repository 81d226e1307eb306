import { X509Certificate } from 'node:crypto'
import { createServer as createTlsServer } from 'node:tls'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startLab } from '#lab/lab.ts'
import { fronts } from '#lab/organisation/fronts.ts'
import { type CertificateWish, issueCertificate } from '#lab/wire/certificate.ts'
import { judgeCertificate } from '#main/governance/certificate.ts'
import { alternativeNames, readCertificate } from '#main/scanner/certificate.ts'
import { askFirstPage, wantsTls } from '#main/scanner/first-page.ts'
import { hostNamesIn } from '#main/scanner/host-name.ts'
import { serveRaw } from '../support/raw-server.ts'
import { dialFor, identifyAt, observationAt, plannedBlock, scanPlan } from '../support/scanning.ts'

const day = 86_400_000
const now = new Date().toISOString()

function certificate(wish: CertificateWish) {
  return readCertificate(new X509Certificate(issueCertificate(wish).text), 'TLSv1.3')
}

function planAt(address: string, port: number) {
  return scanPlan({ blocks: [plannedBlock(address, address, { ports: [port] })] })
}

async function openLine(address: string, port: number) {
  const dial = dialFor(planAt(address, port))
  const opened = await dial.open({ address, port }, 1000)
  if (opened.outcome !== 'answered') throw new Error(opened.reason)
  onTestFinished(() => opened.line.close())
  return { line: opened.line, dial }
}

describe('a certificate', () => {
  it('is read: names, addresses, dates, who signed', () => {
    const issuer = issueCertificate({ commonName: 'Root', organisation: 'Example' })
    const issued = issueCertificate({
      commonName: 'llm.example.org',
      organisation: 'Example, "quoted"',
      names: ['LLM.example.org', '*.llm.example.org'],
      addresses: ['10.0.0.1', 'fd00::1'],
      validFrom: new Date('2026-01-01T00:00:00Z'),
      validUntil: new Date('2051-02-03T04:05:06Z'),
      issuer,
    })
    const read = new X509Certificate(issued.text)
    expect(readCertificate(read, 'TLSv1.2')).toEqual({
      protocol: 'TLSv1.2',
      subject: expect.stringContaining('CN=llm.example.org'),
      issuer: 'O=Example, CN=Root',
      names: ['*.llm.example.org', 'llm.example.org'],
      addresses: ['10.0.0.1', 'fd00::1'],
      validFrom: '2026-01-01T00:00:00.000Z',
      validUntil: '2051-02-03T04:05:06.000Z',
      selfSigned: false,
      fingerprint: read.fingerprint256.replaceAll(':', '').toLowerCase(),
    })
  })

  it('is self-signed where it signed itself, not where it only says so', () => {
    expect(certificate({ commonName: 'x.example' }).selfSigned).toBe(true)
    const root = issueCertificate({ commonName: 'x.example' })
    expect(certificate({ commonName: 'x.example', issuer: root }).selfSigned).toBe(false)
  })

  it('without alternative names is for its common name', () => {
    expect(certificate({ commonName: 'box.example' }).names).toEqual(['box.example'])
    expect(certificate({ commonName: '10.1.2.3' }).addresses).toEqual(['10.1.2.3'])
    expect(certificate({ commonName: 'My Box!' })).toMatchObject({ names: [], addresses: [] })
    expect(certificate({ commonName: 'old.example', names: ['new.example'] }).names).toEqual(['new.example'])
  })

  it('cannot smuggle a name in', () => {
    const names = [
      'a.example, DNS:bank.example',
      'b.example" ,DNS:evil.example',
      'good.example',
      'x\ny.example',
    ]
    expect(certificate({ commonName: 'x', names }).names).toEqual(['good.example'])
    expect(alternativeNames('DNS:"a, DNS:b\\"", IP Address:10.0.0.1')).toEqual([
      'DNS:"a, DNS:b\\""',
      'IP Address:10.0.0.1',
    ])
  })

  it('with ten thousand names costs no more than with a hundred', () => {
    const names = Array.from({ length: 3000 }, (_, index) => `n${index}.example`)
    expect(certificate({ commonName: 'x', names }).names).toHaveLength(100)
  })

  it('is judged for the address that showed it, and the names that address is known by', () => {
    const shown = certificate({
      commonName: 'x',
      names: ['*.lab.example', 'box.example'],
      addresses: ['10.0.0.1'],
    })
    const mismatch = (address: string, ...names: string[]) =>
      judgeCertificate(shown, address, names, now).nameMismatch
    expect(mismatch('10.0.0.1')).toBe(false)
    expect(mismatch('10.0.0.2')).toBe(true)
    expect(mismatch('10.0.0.2', 'BOX.example.')).toBe(false)
    expect(mismatch('10.0.0.2', 'a.lab.example')).toBe(false)
    expect(mismatch('10.0.0.2', 'a.b.lab.example', 'lab.example')).toBe(true)
    const dated = (from: number, until: number) =>
      judgeCertificate(
        certificate({
          commonName: 'x',
          validFrom: new Date(Date.now() + from * day),
          validUntil: new Date(Date.now() + until * day),
        }),
        '10.0.0.1',
        [],
        now,
      )
    expect(dated(-2, 2)).toMatchObject({ expired: false, notYetValid: false })
    expect(dated(-2, -1)).toMatchObject({ expired: true, notYetValid: false })
    expect(dated(1, 2)).toMatchObject({ expired: false, notYetValid: true })
  })

  it('names hosts, but not by wildcards and not localhost', () => {
    const shown = certificate({ commonName: 'x', names: ['*.lab.example', 'box.example', 'localhost'] })
    expect(hostNamesIn(shown)).toEqual([{ name: 'box.example', source: 'certificate' }])
  })
})

describe('an answer in clear text', () => {
  const said = (status: number, body: string, headers: [string, string][] = []) => ({
    ok: true as const,
    status,
    statusText: '',
    httpVersion: '1.1',
    headers,
    body: Buffer.from(body),
    truncated: false,
    durationMs: 1,
  })
  const at = { address: '10.0.0.1', port: 11434 }

  it('shows that TLS was expected', () => {
    expect(wantsTls(said(400, 'Client sent an HTTP request to an HTTPS server.\n'), at)).toBe(true)
    expect(wantsTls(said(400, 'The plain HTTP request was sent to HTTPS port'), at)).toBe(true)
    expect(wantsTls(said(400, "You're speaking plain HTTP to an SSL-enabled server port."), at)).toBe(true)
    expect(wantsTls(said(301, '', [['Location', 'https://10.0.0.1:11434/']]), at)).toBe(true)
  })

  it('or does not', () => {
    expect(wantsTls(said(200, 'we speak https here'), at)).toBe(false)
    expect(wantsTls(said(400, 'Bad Request'), at)).toBe(false)
    expect(wantsTls(said(301, '', [['Location', 'https://elsewhere.example/']]), at)).toBe(false)
    expect(wantsTls(said(302, '', [['Location', '/login']]), at)).toBe(false)
  })
})

describe('an endpoint that speaks TLS', () => {
  it('is asked over TLS, whatever it said to clear text; one that only refuses is left alone', async () => {
    const lab = await startLab({ base: '127.114.0.0/24', hosts: fronts.filter(host => host.at <= 114) })
    onTestFinished(() => lab.stop())
    const at = (place: number) => `127.114.0.${place}`

    const selfSigned = await observationAt(at(110), 11434)
    expect(selfSigned).toMatchObject({
      scheme: 'https',
      version: '0.32.15',
      access: { api: 'open', v1: 'open' },
    })
    expect(selfSigned.identity).toMatchObject({ product: 'ollama', suspected: null })
    expect(selfSigned.certificate).toMatchObject({
      selfSigned: true,
      protocol: 'TLSv1.3',
      subject: 'CN=localhost',
    })
    expect(selfSigned.hostNames).toEqual([])
    const [clear, handshake, root] = selfSigned.probes
    expect(clear).toMatchObject({ kind: 'root', status: 400 })
    expect(handshake).toMatchObject({
      kind: 'tls',
      failure: null,
      about: expect.stringMatching(/^TLSv1\.3, SHA-256 [0-9a-f]{64}$/),
    })
    expect(root).toMatchObject({ kind: 'root', status: 200 })

    const expired = await observationAt(at(111), 11434)
    expect(expired.certificate).toMatchObject({
      selfSigned: false,
      issuer: 'O=Example & Partners AG, CN=Example & Partners Root',
    })
    expect(expired.hostNames).toEqual([{ name: 'llm.example.internal', source: 'certificate' }])
    expect((await observationAt(at(112), 11434)).identity.product).toBe('ollama')
    const guarded = await observationAt(at(113), 11434)
    expect(guarded).toMatchObject({ scheme: 'https', identity: { product: 'unknown', suspected: 'ollama' } })
    expect(guarded.access.api).toBe('auth-required')
    expect(await identifyAt(at(114), 11434)).toBe('unrecognised')
    // One handshake each: the connection is kept for all questions.
    expect(lab.connections.filter(({ address }) => address === at(110))).toHaveLength(2)
  })

  it('on a port of TLS is asked over TLS first; one that speaks clear text there is asked again', async () => {
    const lab = await startLab({ base: '127.115.0.0/24', hosts: [] })
    onTestFinished(() => lab.stop())
    const { keyText: key, text: cert } = issueCertificate({ commonName: 'x' })
    const server = createTlsServer({ key, cert }, socket => {
      socket.on('data', () => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'))
    }).listen(8443, '127.115.0.1')
    onTestFinished(() => void server.close())
    await new Promise(resolve => server.once('listening', resolve))
    const over = await openLine('127.115.0.1', 8443)
    expect(await askFirstPage(over.line, undefined)).toMatchObject({ ok: true, status: 200 })
    expect(Object.fromEntries(over.dial.requests)).toEqual({ tls: 1, root: 1 })

    const clear = await serveRaw(
      socket =>
        socket.on('data', chunk => {
          const isHttp = chunk.toString('latin1').startsWith('GET ')
          socket.end(`HTTP/1.1 ${isHttp ? 200 : 400} x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`)
        }),
      '127.115.0.2',
      8443,
    )
    onTestFinished(() => clear.close())
    const { line, dial } = await openLine('127.115.0.2', 8443)
    expect(await askFirstPage(line, undefined)).toMatchObject({ ok: true, status: 200 })
    expect(line.certificate).toBeNull()
    expect(line.probes.map(({ kind, failure }) => [kind, failure])).toEqual([
      ['tls', 'no-tls'],
      ['root', null],
    ])
    expect(Object.fromEntries(dial.requests)).toEqual({ tls: 1, root: 1 })
  })

  it('that never finishes its handshake costs no more than its time', async () => {
    const server = await serveRaw(socket => socket.resume(), '127.115.0.3', 8443)
    onTestFinished(() => server.close())
    const { line } = await openLine('127.115.0.3', 8443)
    const started = performance.now()
    expect(await line.secure(200)).toBe(false)
    expect(performance.now() - started).toBeLessThan(1000)
    expect(line.probes.at(-1)).toMatchObject({ kind: 'tls', failure: 'timed-out' })
  })

  it('is not spoken to once the authorisation has ended, and a stop ends its handshake', async () => {
    const server = await serveRaw(socket => void socket.on('data', () => socket.end()), '127.115.0.4', 8444)
    onTestFinished(() => server.close())
    let at = 0
    const plan = scanPlan({
      blocks: [plannedBlock('127.115.0.4', '127.115.0.4', { ports: [8444], validBefore: 1000 })],
    })
    const dial = dialFor(plan, { now: () => at })
    const opened = await dial.open({ address: '127.115.0.4', port: 8444 }, 500)
    if (opened.outcome !== 'answered') throw new Error(opened.reason)
    await opened.line.ask('root')
    at = 1000
    expect(await opened.line.secure()).toBe(false)
    expect(opened.line.probes.at(-1)).toMatchObject({ kind: 'tls', failure: 'out-of-scope' })
    expect(dial.requests.get('tls')).toBeUndefined()
    expect(server.connections()).toBe(1)

    const mute = await serveRaw(socket => socket.resume(), '127.115.0.5', 8444)
    onTestFinished(() => mute.close())
    const stopping = new AbortController()
    const stoppable = await dialFor(planAt('127.115.0.5', 8444), { signal: stopping.signal }).open(
      { address: '127.115.0.5', port: 8444 },
      500,
    )
    if (stoppable.outcome !== 'answered') throw new Error(stoppable.reason)
    const shaking = stoppable.line.secure()
    setTimeout(() => stopping.abort(), 50)
    const started = performance.now()
    expect(await shaking).toBe(false)
    expect(performance.now() - started).toBeLessThan(1000)
    expect(stoppable.line.probes.at(-1)).toMatchObject({ failure: 'stopped' })
  })
})
