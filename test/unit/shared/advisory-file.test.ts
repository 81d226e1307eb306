import { describe, expect, it } from 'vitest'
import { Advisory, AdvisoryData } from '#shared/domain/advisory.ts'

const words = { en: 'words', de: 'Worte' }
const valid = {
  id: 'CVE-2030-12345',
  aliases: [],
  nickname: null,
  title: words,
  sources: [{ kind: 'cve', url: 'https://www.cve.org/CVERecord?id=CVE-2030-12345' }],
  confidence: 'high',
  component: 'server',
  rule: 'version',
  affected: [{ below: '1.0.0' }],
  disputed: [],
  dispute: null,
  fixedIn: '1.0.0',
  cvss: [],
  exploitPublished: false,
  preconditions: words,
  visible: 'version',
}
const file = {
  format: 1,
  product: 'ollama',
  dataVersion: 2,
  date: '2030-01-01',
  readUntil: '2030-01-01',
  advisories: [valid],
}

describe('an advisory', () => {
  it('is taken as it should be', () => {
    expect(Advisory.safeParse(valid).success).toBe(true)
  })

  it.each([
    ['a range in words', { affected: [{ below: 'the next one' }] }],
    ['a range of 0.0.0', { affected: [{ below: '0.0.0' }] }],
    ['two upper ends', { affected: [{ below: '1.0.0', atMost: '0.9.0' }] }],
    ['a key nobody knows', { affected: [{ before: '1.0.0' }] }],
    ['a source on another protocol', { sources: [{ kind: 'cve', url: 'javascript:alert(1)' }] }],
    ['no source', { sources: [] }],
    ['one language only', { title: { en: 'words' } }],
    ['an endless title', { title: { en: 'x'.repeat(601), de: 'x' } }],
    ['an id that is none', { id: '../../etc' }],
    ['an impossible score', { cvss: [{ version: '3', score: 11, source: ['cve'], condition: null }] }],
  ])('with %s is refused', (_, change) => {
    expect(Advisory.safeParse({ ...valid, ...change }).success).toBe(false)
  })
})

describe('a file of advisories', () => {
  it('is taken as it should be', () => {
    expect(AdvisoryData.safeParse(file).success).toBe(true)
  })

  it.each([
    ['about another product', { product: 'vllm' }],
    ['of a later format', { format: 2 }],
    ['without an edition', { dataVersion: undefined }],
    ['of edition 0', { dataVersion: 0 }],
    ['of no date', { date: 'yesterday' }],
    ['without advisories', { advisories: [] }],
    ['that names one twice', { advisories: [valid, valid] }],
    ['of more than anybody has', { advisories: Array.from({ length: 2001 }, () => valid) }],
  ])('%s is refused', (_, change) => {
    expect(AdvisoryData.safeParse({ ...file, ...change }).success).toBe(false)
  })
})
