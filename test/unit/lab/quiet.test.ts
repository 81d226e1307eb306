import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defaultPort, labHost } from '#lab/host.ts'
import { type Lab, startLab } from '#lab/lab.ts'
import { redisServer, sshServer } from '#lab/others/not-ai.ts'
import { absent } from '#lab/truth.ts'
import { ownBase } from './own-base.ts'
import { open } from './raw-client.ts'

/** Everything that does not speak HTTP, or does not speak. */
const hosts = [
  labHost(1, 'ssh', sshServer, absent('answered')),
  labHost(2, 'redis', redisServer, absent('answered')),
  labHost(3, 'mute', { kind: 'mute' }, absent('failed')),
  labHost(4, 'hanging up', { kind: 'hanging-up' }, absent('failed')),
  labHost(5, 'refusing', { kind: 'refusing' }, absent('refused')),
  labHost(6, 'silent', { kind: 'silent' }, absent('silent')),
]

let lab: Lab
const addressOf = (title: string) => lab.hosts.find(host => host.title === title)?.address ?? ''
beforeAll(async () => {
  lab = await startLab({ base: ownBase(), hosts })
})
afterAll(() => lab.stop())

describe('a port on which', () => {
  it('SSH listens speaks first, and hangs up on HTTP', async () => {
    const line = await open(addressOf('ssh'), defaultPort)
    expect(await line.quiet(200)).toBe('SSH-2.0-OpenSSH_9.6p1 Ubuntu-3ubuntu13.5\r\n')
    line.send('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
    expect(await line.quiet(200)).toBe('Invalid SSH identification string.\r\n')
    expect(line.closed()).toBe(true)
  })

  it('Redis listens complains and hangs up', async () => {
    const line = await open(addressOf('redis'), defaultPort)
    line.send('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
    expect(await line.quiet(200)).toMatch(/^-ERR /)
    expect(line.closed()).toBe(true)
  })

  it('something accepts and never answers', async () => {
    const line = await open(addressOf('mute'), defaultPort)
    line.send('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
    expect([await line.quiet(300), line.closed()]).toEqual(['', false])
    line.socket.destroy()
  })

  it('something accepts and closes at once', async () => {
    const line = await open(addressOf('hanging up'), defaultPort)
    expect([await line.quiet(300), line.closed()]).toEqual(['', true])
  })

  it('nothing listens refuses', async () => {
    expect(await connectionTo('refusing')).toBe('ECONNREFUSED')
  })

  it.runIf(process.platform === 'linux')('a firewall drops gives no sign of life', async () => {
    expect(await connectionTo('silent')).toBe('no answer')
    expect(lab.hosts.find(({ title }) => title === 'silent')).toMatchObject({
      ports: [],
      truth: [{ kind: 'absent', outcome: 'silent', note: null }],
    })
  })

  it('contacts are noted, even without a request', () => {
    const counted = (title: string) =>
      lab.connections.filter(({ address }) => address === addressOf(title)).length
    expect(['ssh', 'redis', 'mute', 'hanging up', 'refusing', 'silent'].map(counted)).toEqual([
      1, 1, 1, 1, 0, 0,
    ])
    expect(lab.requests).toEqual([])
  })
})

function connectionTo(title: string): Promise<string> {
  return new Promise(resolve => {
    const socket = connect({ host: addressOf(title), port: defaultPort })
    const timer = setTimeout(() => settle('no answer'), 1500)
    function settle(outcome: string) {
      clearTimeout(timer)
      socket.destroy()
      resolve(outcome)
    }
    socket.once('connect', () => settle('connected'))
    socket.once('error', (error: NodeJS.ErrnoException) => settle(error.code ?? error.message))
  })
}
