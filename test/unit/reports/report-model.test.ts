import { describe, expect, it } from 'vitest'
import { createWords } from '#main/cli/words.ts'
import { writeCsv } from '#main/exchange/table-csv.ts'
import { buildReport, registersOf } from '#main/reports/build.ts'
import { severityColours } from '#main/reports/colours.ts'
import type { FindingLine, ReportData } from '#main/reports/data.ts'
import { renderHtml } from '#main/reports/html.ts'
import { createText } from '#main/reports/text.ts'
import { exceptionStatuses } from '#shared/domain/exception.ts'
import { accessOrder, Presence, severities } from '#shared/domain/exposure.ts'
import { findingStatuses } from '#shared/domain/finding.ts'
import { controlReasons, controlStates } from '#shared/domain/framework.ts'
import { products } from '#shared/domain/product.ts'
import { zones } from '#shared/domain/range.ts'
import { ReportRequest } from '#shared/domain/report.ts'
import { scanStatuses } from '#shared/domain/scan.ts'
import { colours } from '../../../src/renderer/theme/tokens.ts'
import { program } from '../../support/backend.ts'

const asOf = Date.UTC(2026, 10, 23, 9, 5)
const textIn = (language: 'en' | 'de') => createText(language, createWords(program.resources, language))

/** What stands as a code in a register, by the group of its words. */
const codes = {
  'terms:severity': severities,
  'terms:access': accessOrder,
  'terms:product': products,
  'terms:presence': Presence.options,
  'terms:zone': zones,
  'terms:scanStatus': scanStatuses,
  'reports:status': findingStatuses,
  'reports:exceptionStatus': exceptionStatuses,
  'reports:state': controlStates,
  'reports:reason': controlReasons,
}

const line = (id: number, more: Partial<FindingLine> = {}): FindingLine => ({
  id,
  instance: id,
  site: 'Lab',
  address: 'fe80::1',
  port: 11434,
  rule: 'no-tls',
  subject: '',
  severity: 'medium',
  status: 'open',
  openedAt: asOf,
  dueAt: null,
  seenAt: asOf,
  owner: null,
  ...more,
})
const noTargets = {
  targets: 0,
  answered: 0,
  refused: 0,
  silent: 0,
  unreachable: 0,
  failed: 0,
  notReached: 0,
  excluded: 0,
}

function data(kind: ReportRequest['kind'], lines: readonly FindingLine[] = []): ReportData {
  return {
    request: ReportRequest.parse({ kind }),
    asOf,
    organisation: 'Works',
    contact: '',
    paddock: 'test',
    inputs: [],
    brand: { colour: '#2456c2', logo: null },
    inventory: {
      instances: 1234,
      present: 1,
      open: 0,
      accessUnknown: 0,
      tools: 0,
      toolsUnknown: 0,
      toolsOpen: 0,
      imitations: 0,
      owned: 0,
    },
    products: [],
    rules: [],
    coverage: {
      scanCount: 0,
      firstAt: null,
      lastAt: null,
      ranges: [],
      totals: noTargets,
      complete: false,
    },
    allowList: [],
    assessment: null,
    exceptions: [],
    owner: null,
    findings: () => lines,
    toolInstances: () => [],
  }
}

const look = { colour: '#2456c2', logo: null, paper: 'a4' } as const

describe('a report', () => {
  it.each(['executive', 'technical', 'owner', 'tool-calling', 'exceptions', 'coverage'] as const)(
    'of the kind %s says how far anybody looked, with a method beside each figure, in both languages',
    kind => {
      for (const language of ['en', 'de'] as const) {
        const model = buildReport(data(kind, [line(1)]), textIn(language))
        expect(model.sections.map(({ id }) => id)).toContain('coverage')
        const figures = model.sections.flatMap(({ blocks }) =>
          blocks.flatMap(block => (block.type === 'figures' ? block.items : [])),
        )
        expect(figures.length).toBeGreaterThan(0)
        expect(figures.filter(({ method }) => method.length < 10)).toEqual([])
        // A key that has no words would stand there by itself.
        expect(renderHtml(model, look)).not.toMatch(
          /reports:|terms:|\b(coverage|figure|column|findings)\.[a-z]+[A-Z]/,
        )
      }
    },
  )

  it('writes numbers and dates as each language does, in UTC', () => {
    const [english, german] = [textIn('en'), textIn('de')]
    expect([english.number(1234567), german.number(1234567)]).toEqual(['1,234,567', '1.234.567'])
    expect([english.instant(asOf), german.instant(asOf)]).toEqual([
      '23 Nov 2026, 09:05 UTC',
      '23.11.2026, 09:05 UTC',
    ])
    expect([english.percent(999, 1000), english.percent(1, 1000), english.percent(0, 0)]).toEqual([
      '99%',
      '1%',
      '–',
    ])
  })

  it('holds at most 2,000 rows and says how many it leaves out; its register holds all', () => {
    const lines = Array.from({ length: 2500 }, (_, index) => line(index + 1))
    const [all, english] = [data('technical', lines), textIn('en')]
    const model = buildReport(all, english)
    const rows = model.sections
      .filter(({ id }) => id.startsWith('rule-'))
      .flatMap(({ blocks }) => blocks.flatMap(block => (block.type === 'table' ? block.rows : [])))
    expect(rows).toHaveLength(2000)
    expect(model.leftOut).toBe(500)
    expect([...(registersOf(all, english, 'person')[0]?.rows() ?? [])]).toHaveLength(2500)
  })

  it('has one letter an owner, and one for what nobody answers for, last', () => {
    const lines = [
      line(1),
      line(2, { owner: 'Zoe' }),
      line(3, { owner: 'Ada' }),
      line(4, { status: 'excepted' }),
    ]
    const { sections } = buildReport(data('owner', lines), textIn('en'))
    expect(sections.map(({ id }) => id)).toEqual(['letter-Ada', 'letter-Zoe', 'letter-nobody', 'coverage'])
  })

  it('shows what breaks one rule several times on one instance as one row', () => {
    const lines = ['CVE-1', 'CVE-2'].map((subject, index) => line(index + 1, { subject, instance: 7 }))
    const model = buildReport(data('technical', lines), textIn('en'))
    expect(renderHtml(model, look)).toContain('CVE-1, CVE-2')
  })

  it('has the severities in the colours of the console', () => {
    expect(severityColours).toEqual(colours.light.severity)
  })

  it('as CSV lets no spreadsheet run what a server says', () => {
    const found = data('technical', [line(1, { subject: '=cmd()', site: '+1' })])
    const [register] = registersOf(found, textIn('en'), 'person')
    let text = ''
    if (register !== undefined) writeCsv(register, bytes => (text += Buffer.from(bytes).toString('utf8')))
    expect(text).toContain("'=cmd()")
    expect(text).toContain("'+1")
  })

  it.each(['en', 'de'] as const)(
    'has its registers in words (%s) for people, in codes for programs',
    language => {
      const text = textIn(language)
      const found = data('technical', [line(1, { severity: 'high', status: 'in-remediation' })])
      const cells = (reader: 'person' | 'program') =>
        [...(registersOf(found, text, reader)[0]?.rows() ?? [])][0]
      expect(cells('person')).toEqual(
        expect.arrayContaining(language === 'de' ? ['hoch', 'in Behebung'] : ['high', 'in work']),
      )
      expect(cells('program')).toEqual(expect.arrayContaining(['high', 'in-remediation']))
    },
  )

  it('has a word in each language for every code of its registers', () => {
    for (const language of ['en', 'de'] as const) {
      const { word } = textIn(language)
      const missing = Object.entries(codes).flatMap(([group, all]) =>
        all.filter(code => word(group, code).endsWith(`.${code}`)),
      )
      expect(missing).toEqual([])
    }
  })
})
