import { describe, expect, test } from 'vitest'
import {
  contentSecurityPolicy,
  fileOf,
  isAllowedRequest,
  isOurPage,
  isOwnText,
  typeOf,
  withNonce,
} from '#main/shell/page-policy.ts'

const folder = '/app/out/renderer'
const dev = 'http://localhost:5173'

describe('the policy of the page', () => {
  test('allows no inline script, no eval and nothing from outside', () => {
    const policy = contentSecurityPolicy('abc')
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self' 'nonce-abc'")
    expect(policy).not.toMatch(/unsafe|https?:|\*/)
  })

  test('gives the page its nonce on <html> and as <meta>', () => {
    const html = withNonce(
      '<!doctype html><html lang="en"><head data-x><title>P</title></head></html>',
      'abc',
    )
    expect(html).toBe(
      '<!doctype html><html data-nonce="abc" lang="en"><head data-x><meta name="csp-nonce" content="abc">' +
        '<title>P</title></head></html>',
    )
  })

  test.each([
    ['app://paddock/index.html', `${folder}/index.html`],
    ['app://paddock/assets/a.js?v=1#x', `${folder}/assets/a.js`],
    ['app://paddock/../../etc/passwd', `${folder}/etc/passwd`],
    ['app://paddock/%2e%2e/%2e%2e/etc/passwd', `${folder}/etc/passwd`],
    ['app://paddock/..%2f..%2fetc/passwd', null],
    ['app://paddock/..%5c..%5cetc', null],
    ['app://paddock/a%00.html', null],
    ['app://paddock/%zz', null],
    ['app://elsewhere/index.html', null],
    ['file:///etc/passwd', null],
    ['nonsense', null],
  ])('%s means %s', (address, file) => {
    expect(fileOf(address, folder)).toBe(file)
  })

  test.each([
    ['app://paddock/index.html', true, true],
    ['blob:app://paddock/1234', true, true],
    ['data:image/png;base64,AA', true, true],
    ['app://paddock.example/index.html', false, false],
    ['https://example.org/', false, false],
    ['http://127.0.0.1:11434/', false, false],
    ['file:///etc/passwd', false, false],
    ['devtools://devtools/bundled/x.html', false, true],
    [`${dev}/main.tsx`, false, true],
    ['ws://localhost:5173/', false, true],
    ['http://localhost:51730/', false, false],
    ['http://localhost:5173.example.org/', false, false],
  ])('a request to %s: %s, while developing %s', (address, usually, whileDeveloping) => {
    expect(isAllowedRequest(address, null)).toBe(usually)
    expect(isAllowedRequest(address, dev)).toBe(whileDeveloping)
  })

  test('only the page itself is ours', () => {
    expect(isOurPage('app://paddock/index.html#/inventory', null)).toBe(true)
    expect(isOurPage('data:text/html,x', null)).toBe(false)
    expect(isOurPage(`${dev}/`, null)).toBe(false)
    expect(isOurPage(`${dev}/`, dev)).toBe(true)
  })

  test('only what the page itself has made is saved', () => {
    expect(isOwnText('blob:app://paddock/5f0c', null)).toBe(true)
    expect(isOwnText('blob:https://example.com/5f0c', null)).toBe(false)
    expect(isOwnText('https://example.com/list.csv', null)).toBe(false)
    expect(isOwnText(`blob:${dev}/5f0c`, null)).toBe(false)
    expect(isOwnText(`blob:${dev}/5f0c`, dev)).toBe(true)
  })

  test('types are stated, never guessed', () => {
    expect(typeOf('/a/b.js')).toBe('text/javascript; charset=utf-8')
    expect(typeOf('/a/b.unknown')).toBe('application/octet-stream')
  })
})
