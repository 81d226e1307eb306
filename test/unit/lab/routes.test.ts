import { describe, expect, it } from 'vitest'
import { ollama } from '#lab/ollama/server.ts'
import { answerTo } from './in-process.ts'

/**
 * Every profile's set of routes by release (facts, sections 9 and 14): asked with GET, so that no handler of an effect runs.
 * A dot stands for 404, `+` for 405 with the route's method, `=` for 200.
 */
const paths = [
  '/',
  '/api/version',
  '/api/tags',
  '/api/ps',
  '/api/status',
  '/v1/models',
  '/api/show',
  '/api/pull',
  '/api/delete',
  '/api/chat',
  '/api/embed',
  '/v1/chat/completions',
  '/v1/completions',
  '/api/me',
  '/v1/responses',
  '/v1/messages',
  '/v1/images/generations',
  '/api/experimental/web_search',
  '/v1/audio/transcriptions',
  '/api/usage',
]

const routeSets: readonly (readonly [version: string, routes: string])[] = [
  ['0.1.3', '=.=.................'],
  ['0.1.32', '===.................'],
  ['0.1.39', '====................'],
  ['0.3.14', '====.=..............'],
  ['0.5.7-0-ga420a45-dirty', '====.=..............'],
  ['0.6.5', '====.=..............'],
  ['0.9.6', '====.=+++++++.......'],
  ['0.12.6', '====.=++++++++......'],
  ['0.13.3', '====.=+++++++++.....'],
  ['0.14.3', '====.=+++++++++++...'],
  ['0.18.0', '======++++++++++++..'],
  ['0.24.0', '======+++++++++++++.'],
  ['0.32.15', '======++++++++++.++.'],
  ['0.33.0-rc2', '======++++++++++.++.'],
  ['0.40.2', '======++++++++++.++.'],
]

describe('routes a GET finds', () => {
  it.each(routeSets)('%s', (version, expected) => {
    const server = ollama({ version, holds: [] })
    const found = paths.map(path => {
      const { status } = answerTo(server, 'GET', path)
      return status === 200 ? '=' : status === 405 ? '+' : status === 404 ? '.' : `(${status})`
    })
    expect(found.join('')).toBe(expected)
  })

  it('a build that hides its age has the routes of what it is', () => {
    const server = ollama({ version: '0.0.0', behavesAs: '0.32.15', holds: [] })
    expect(answerTo(server, 'GET', '/api/version').body).toBe('{"version":"0.0.0"}')
    expect(answerTo(server, 'GET', '/api/status').status).toBe(200)
  })

  it('every route of an effect takes its own method, whatever the release', () => {
    for (const version of ['0.1.3', '0.3.14', '0.32.15']) {
      const server = ollama({ version, holds: [] })
      for (const [method, path] of [
        ['POST', '/api/pull'],
        ['POST', '/api/push'],
        ['POST', '/api/create'],
        ['POST', '/api/copy'],
        ['DELETE', '/api/delete'],
        ['POST', '/api/generate'],
      ] as const) {
        expect(answerTo(server, method, path).status, `${version} ${method} ${path}`).toBe(400)
      }
    }
  })
})

describe('paths that are not clean', () => {
  it.each([
    ['0.1.39', '//api/tags', 404, undefined],
    ['0.3.14', '//api/tags', 301, '/api/tags'],
    ['0.12.6', '/api/../api/tags', 301, '/api/tags'],
    // Go 1.26, which releases are built with since 0.23.1, changed the status.
    ['0.32.15', '//api/tags', 307, '/api/tags'],
    ['0.32.15', '/api/tags/', 301, '/api/tags'],
  ])('%s %s: %i', (version, path, status, location) => {
    const answer = answerTo(ollama({ version, holds: [] }), 'GET', path)
    expect([answer.status, answer.headers.get('location')]).toEqual([status, location])
  })

  it('a forwarded loopback listener gives itself away by a redirect', () => {
    const hidden = ollama({ version: '0.24.0', bound: 'forwarded', holds: [] })
    const foreign = 'Host: 127.44.0.102:11434'
    expect(answerTo(hidden, 'GET', '/', '', foreign).status).toBe(403)
    expect(answerTo(hidden, 'GET', '/api/pull', '', foreign).headers.get('allow')).toBe('POST')
    expect(answerTo(hidden, 'GET', '/api/tags/', '', foreign).status).toBe(301)
    expect(answerTo(hidden, 'GET', '/', '', 'Host: localhost:11434').status).toBe(200)
  })
})
