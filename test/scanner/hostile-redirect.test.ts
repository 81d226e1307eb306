import { afterEach, describe, expect, it } from 'vitest'
import { freshNetwork, head, hostilePort, meet, ollamaExcept } from '../support/hostile.ts'
import { type RawServer, serveRaw } from '../support/raw-server.ts'

// A redirect is recorded and never followed: nothing a server says moves Paddock to another place.
const servers: RawServer[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map(server => server.close()))
})

/** A place nobody may be sent to. */
async function forbiddenPlace(address: string): Promise<RawServer> {
  const server = await serveRaw(socket => void socket.end('HTTP/1.1 200 OK\r\n\r\n'), address, hostilePort)
  servers.push(server)
  return server
}

const redirect = (location: string) =>
  `${head(
    [
      ['Location', location],
      ['Content-Length', 0],
    ],
    '302 Found',
  )}`

describe('a redirect', () => {
  it.each([
    '301 Moved Permanently',
    '302 Found',
    '303 See Other',
    '307 Temporary Redirect',
    '308 Permanent Redirect',
  ])('to an address outside the ranges, by %s: nothing is sent there', async status => {
    const outside = await forbiddenPlace(`${freshNetwork()}.7`)
    const location = `http://${outside.address}:${outside.port}/api/tags`
    const met = await meet(socket =>
      socket.write(
        head(
          [
            ['Location', location],
            ['Content-Length', 0],
          ],
          status,
        ),
      ),
    )
    expect(outside.connections()).toBe(0)
    expect(met.outcome).toBe('answered')
    expect(met.neighbour?.version).toBe('0.12.6')
  })

  it('to an excluded address, in every form an address can be written in: nothing is sent there', async () => {
    const net = freshNetwork()
    const excluded = await forbiddenPlace(`${net}.9`)
    const [, b, c] = net.split('.').map(Number)
    const number = ((127 * 256 + (b ?? 0)) * 256 + (c ?? 0)) * 256 + 9
    const forms = [
      `${net}.9`,
      `[::ffff:${net}.9]`,
      String(number),
      `0x${number.toString(16)}`,
      `0177.${b}.${c}.9`,
      `user@${net}.9`,
    ]
    for (const form of forms) {
      const met = await meet(
        ollamaExcept({ '/api/tags': socket => socket.write(redirect(`//${form}:${hostilePort}/api/tags`)) }),
        { plan: { exclusions: [{ first: `${net}.9`, last: `${net}.9` }] } },
      )
      expect(met.observation).toMatchObject({ version: '0.12.6', models: null })
    }
    expect(excluded.connections()).toBe(0)
  })

  it('to itself, for ever: each question is asked once', async () => {
    const met = await meet((socket, path) => socket.write(redirect(`http://127.0.0.1${path}`)))
    expect(met.outcome).toBe('answered')
    const paths = met.server.requests.map(request => request.split(' ')[1])
    expect(new Set(paths).size).toBe(paths.length)
  })

  it('to its neighbour, which would answer: the neighbour is asked only on its own account', async () => {
    const met = await meet((socket, path) => {
      const neighbour = socket.localAddress?.replace(/\.7$/, '.8')
      socket.write(redirect(`http://${neighbour}:${hostilePort}${path}`))
    })
    expect(met.outcome).toBe('answered')
    expect(met.swept.observations).toHaveLength(1)
  })

  it('by a page that asks for it (meta refresh, Refresh header), or by Content-Location: nothing is sent', async () => {
    const outside = await forbiddenPlace(`${freshNetwork()}.7`)
    const url = `http://${outside.address}:${outside.port}/`
    const page = `<meta http-equiv="refresh" content="0;url=${url}"><script>location="${url}"</script>`
    const met = await meet(socket =>
      socket.write(
        `${head([
          ['Refresh', `0; url=${url}`],
          ['Content-Location', url],
          ['Link', `<${url}>; rel=preload`],
          ['Alt-Svc', `h2="${outside.address}:${outside.port}"`],
          ['Content-Type', 'text/html'],
          ['Content-Length', page.length],
        ])}${page}`,
      ),
    )
    expect(met.outcome).toBe('answered')
    expect(outside.connections()).toBe(0)
  })
})
