import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { issueCertificate } from '#lab/wire/certificate.ts'
import { post, problemOfAddress } from '#main/post.ts'
import { deliverWebhooks } from '#main/services/webhooks.ts'
import { openStore } from '#main/store/open.ts'
import { must, startBackend } from '../support/backend.ts'
import { register, startServers } from '../support/small-lab.ts'

interface Heard {
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

/** A server that writes down what it is told, and answers as it is told to. */
async function listen(status: () => number, location?: string) {
  const heard: Heard[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', chunk => {
      body += chunk
    })
    request.on('end', () => {
      heard.push({ path: request.url ?? '', headers: request.headers, body })
      response.writeHead(status(), location === undefined ? {} : { location }).end('x'.repeat(100))
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { heard, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` }
}

describe('a webhook', () => {
  it('tells of findings, signed, without addresses unless a person wants them', async () => {
    await startServers('127.100.0.0/24', { 5: {} })
    const backend = await startBackend()
    const { heard, url } = await listen(() => 200)
    const secret = 'a secret of some length'
    const { id } = await must(backend.call('webhook.set', { url, secret, leastSeverity: 'none' }))
    await must(
      backend.call('webhook.set', { url: `${url}/more`, secret, leastSeverity: 'none', personal: true }),
    )
    expect(await must(backend.call('webhook.test', { id }))).toEqual({ id, problem: null })
    await register(backend, '127.100.0.0/24')
    await backend.scan({ rate: 5000 })
    const findings = await must(backend.call('finding.list', {}))
    expect(findings.length).toBeGreaterThan(0)
    expect(JSON.stringify(await must(backend.call('audit.list', {})))).not.toContain(secret)
    expect(JSON.stringify(await must(backend.call('webhook.list', {})))).not.toContain(secret)
    await backend.close()

    await deliver(backend.dataFolder, 1)
    const [test, plain, personal] = heard
    expect(JSON.parse(test?.body ?? '')).toMatchObject({ type: 'test', events: [] })
    const { events } = JSON.parse(plain?.body ?? '')
    expect(events.length).toBe(findings.length)
    expect(events[0]).toMatchObject({ status: 'open', finding: expect.any(Number), rule: expect.any(String) })
    expect(plain?.body).not.toContain('127.100.0.5')
    expect(JSON.parse(personal?.body ?? '').events[0]).toMatchObject({ address: '127.100.0.5', port: 11434 })
    const at = plain?.headers['x-paddock-timestamp']
    const signature = createHmac('sha256', secret).update(`${at}.${plain?.body}`).digest('hex')
    expect(plain?.headers['x-paddock-signature']).toBe(`sha256=${signature}`)
    // Once is enough.
    await deliver(backend.dataFolder, 2)
    expect(heard.length).toBe(3)
  })

  it('tries again later and later, and gives up', async () => {
    await startServers('127.100.1.0/24', { 5: {} })
    const backend = await startBackend()
    const { heard, url } = await listen(() => 500)
    await must(backend.call('webhook.set', { url, leastSeverity: 'none' }))
    await register(backend, '127.100.1.0/24')
    await backend.scan({ rate: 5000 })
    await backend.close()
    const minutes = [0, 0.1, 1, 1.1, 10, 20, 60, 120, 300, 600, 2000, 3000]
    for (const after of minutes) await deliver(backend.dataFolder, after * 60_000)
    // Not at 0.1 and 1.1 minutes, when it was too soon; not after the ninth time.
    expect(heard.length).toBe(9)
    const again = await startBackend(backend.dataFolder)
    const [webhook] = await must(again.call('webhook.list', {}))
    expect(webhook).toMatchObject({ waiting: 0, delivered: 0, problem: 'status 500' })
    expect(webhook?.failed).toBeGreaterThan(0)
    await must(again.call('webhook.remove', { id: webhook?.id ?? 0 }))
    expect(await must(again.call('webhook.list', {}))).toEqual([])
  })

  it('goes only where it is safe to', async () => {
    const backend = await startBackend()
    for (const url of [
      'http://hooks.example.org/',
      'http://10.0.0.1/',
      'ftp://127.0.0.1/',
      'https://user:pass@hooks.example.org/',
      'nonsense',
    ])
      expect(await backend.call('webhook.set', { url })).toMatchObject({
        failure: { code: 'webhook-address' },
      })
    expect(problemOfAddress('https://hooks.example.org/a?b=c')).toBeNull()
    expect(problemOfAddress('http://[::1]:9/')).toBeNull()
  })
})

describe('what is sent', () => {
  it('follows no redirect', async () => {
    const other = await listen(() => 200)
    const { heard, url } = await listen(() => 307, other.url)
    expect(await post(url, {}, '{}')).toEqual({ problem: 'status 307' })
    expect(heard.length).toBe(1)
    expect(other.heard).toEqual([])
  })

  it('is not sent to a server whose certificate nobody vouches for', async () => {
    const { keyText: key, text: cert } = issueCertificate({
      commonName: '127.0.0.1',
      addresses: ['127.0.0.1'],
    })
    const heard: string[] = []
    const server = createSecureServer({ key, cert }, (request, response) => {
      heard.push(request.url ?? '')
      response.end()
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const { problem } = await post(`https://127.0.0.1:${(server.address() as AddressInfo).port}/`, {}, '{}')
    expect(problem).toMatch(/SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/)
    expect(heard).toEqual([])
  })

  it('says when nobody listens', async () => {
    expect(await post('http://127.0.0.1:9/', {}, '{}')).toEqual({ problem: 'ECONNREFUSED' })
  })
})

/** One round at an instant after now, as the backend makes them by its clock. */
async function deliver(dataFolder: string, afterMs: number): Promise<void> {
  const store = openStore(dataFolder)
  if (!store.ok) throw new Error(store.failure.code)
  const log = { info() {}, error() {} }
  const about = { version: '0', dataFolder, actor: 'test' }
  const now = () => Date.now() + afterMs
  await deliverWebhooks({ store: store.value, now, post, about, log })
  store.value.connection.close()
}
