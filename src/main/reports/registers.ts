import type { FindingLine, ReportData, ToolLine } from './data.ts'
import type { CellValue, ColumnKind, Register, WordFor } from './model.ts'
import type { ReportText } from './text.ts'

type Column<Row> = readonly [key: string, kind: ColumnKind, width: number, read: (row: Row) => CellValue]

function register<Row>(
  { t }: ReportText,
  id: string,
  columns: readonly Column<Row>[],
  rows: () => Iterable<Row>,
): Register {
  return {
    id,
    title: t(`register.${id}`),
    columns: columns.map(([key, kind, width]) => ({ key, kind, width, title: t(`column.${key}`) })),
    *rows() {
      for (const row of rows()) yield columns.map(([, , , read]) => read(row))
    },
  }
}

/** Every finding that stands, one line each. */
export function findingRegister(data: ReportData, text: ReportText, word: WordFor): Register {
  const titles = new Map(data.rules.map(({ key, rule }) => [key, rule?.title[text.language] ?? key]))
  const columns: Column<FindingLine>[] = [
    ['finding', 'number', 10, line => line.id],
    ['severity', 'text', 11, line => word('terms:severity', line.severity)],
    ['status', 'text', 22, line => word('reports:status', line.status)],
    ['site', 'text', 18, line => line.site],
    ['address', 'text', 22, line => line.address],
    ['port', 'number', 8, line => line.port],
    ['rule', 'text', 24, line => line.rule],
    ['title', 'text', 44, line => titles.get(line.rule) ?? line.rule],
    ['subject', 'text', 30, line => line.subject],
    ['owner', 'text', 24, line => line.owner],
    ['openedAt', 'instant', 18, line => line.openedAt],
    ['dueAt', 'instant', 18, line => line.dueAt],
    ['seenAt', 'instant', 18, line => line.seenAt],
    ['instance', 'number', 10, line => line.instance],
  ]
  return register(text, 'findings', columns, () => data.findings())
}

export function toolRegister(data: ReportData, text: ReportText, word: WordFor): Register {
  const columns: Column<ToolLine>[] = [
    ['instance', 'number', 10, line => line.instance],
    ['site', 'text', 18, line => line.site],
    ['zone', 'text', 10, line => word('terms:zone', line.zone)],
    ['address', 'text', 22, line => line.address],
    ['port', 'number', 8, line => line.port],
    ['product', 'text', 18, line => word('terms:product', line.product)],
    ['version', 'text', 12, line => line.version],
    ['access', 'text', 15, line => word('terms:access', line.access)],
    ['cors', 'text', 14, line => word('terms:cors', line.cors)],
    ['presence', 'text', 14, line => word('terms:presence', line.presence)],
    ['models', 'text', 60, line => line.models.join('; ')],
    ['owner', 'text', 24, line => line.owner],
    ['lastSeenAt', 'instant', 18, line => line.lastSeenAt],
  ]
  return register(text, 'instances', columns, () => data.toolInstances())
}

export function exceptionRegister(data: ReportData, text: ReportText, word: WordFor): Register {
  const at = (instant: string | null) => (instant === null ? null : Date.parse(instant))
  const columns: Column<ReportData['exceptions'][number]>[] = [
    ['exception', 'number', 10, line => line.id],
    ['status', 'text', 14, line => word('reports:exceptionStatus', line.status)],
    ['expiresOn', 'date', 14, line => line.expiresOn],
    ['address', 'text', 22, line => line.address],
    ['port', 'number', 8, line => line.port],
    ['rule', 'text', 24, line => line.rule],
    ['subject', 'text', 24, line => line.subject],
    ['reason', 'text', 44, line => line.reason],
    ['meanwhile', 'text', 44, line => line.control],
    ['owner', 'text', 24, line => line.owner],
    ['requestedBy', 'text', 20, line => line.requestedBy],
    ['requestedAt', 'instant', 18, line => at(line.requestedAt)],
    ['decidedBy', 'text', 20, line => line.decidedBy],
    ['decidedAt', 'instant', 18, line => at(line.decidedAt)],
    ['endedAt', 'instant', 18, line => at(line.endedAt)],
    ['finding', 'number', 10, line => line.finding],
  ]
  return register(text, 'exceptions', columns, () => data.exceptions)
}

export function coverageRegister(data: ReportData, text: ReportText, word: WordFor): Register {
  type Row = ReportData['coverage']['ranges'][number]
  const counted = (
    key: 'targets' | 'answered' | 'refused' | 'silent' | 'unreachable' | 'failed' | 'notReached' | 'excluded',
  ) => [key, 'number', 12, (row: Row) => row.scan?.coverage[key] ?? null] as const
  const columns: Column<Row>[] = [
    ['site', 'text', 18, row => row.site],
    ['block', 'text', 24, row => row.block],
    ['zone', 'text', 10, row => word('terms:zone', row.zone)],
    ['ports', 'text', 16, row => row.ports.join(' ')],
    ['authorisedBy', 'text', 24, row => row.authorisedBy],
    ['reference', 'text', 24, row => row.reference],
    ['validUntil', 'date', 14, row => row.validUntil],
    ['inForce', 'text', 10, row => word('terms', row.inForce ? 'yes' : 'no')],
    ['exclusions', 'text', 30, row => row.exclusions.join(' ')],
    ['scan', 'number', 8, row => row.scan?.id ?? null],
    ['scanStatus', 'text', 12, row => row.scan && word('terms:scanStatus', row.scan.status)],
    ['scannedAt', 'instant', 18, row => row.scan?.endedAt ?? null],
    ['vantage', 'text', 30, row => row.scan?.vantage ?? null],
    counted('targets'),
    counted('answered'),
    counted('refused'),
    counted('silent'),
    counted('unreachable'),
    counted('failed'),
    counted('notReached'),
    counted('excluded'),
  ]
  return register(text, 'coverage', columns, () => data.coverage.ranges)
}

export function controlRegister(data: ReportData, text: ReportText, word: WordFor): Register | null {
  const { assessment } = data
  if (assessment === null) return null
  type Row = (typeof assessment.controls)[number]
  const sum = (row: Row, key: 'open' | 'overdue' | 'handled' | 'excepted' | 'unknown') =>
    row.tallies.reduce((total, tally) => total + tally[key], 0)
  const columns: Column<Row>[] = [
    ['framework', 'text', 20, () => assessment.framework.framework],
    ['control', 'text', 18, row => row.id],
    ['title', 'text', 44, row => row.title[text.language]],
    ['state', 'text', 16, row => word('reports:state', row.state)],
    ['verified', 'text', 14, row => word('reports:controlStatus', row.status)],
    ['reasons', 'text', 40, row => row.reasons.map(reason => word('reports:reason', reason)).join(' ')],
    ['rules', 'text', 40, row => row.tallies.map(({ rule }) => rule).join(' ')],
    ['open', 'number', 10, row => sum(row, 'open')],
    ['overdue', 'number', 10, row => sum(row, 'overdue')],
    ['handled', 'number', 10, row => sum(row, 'handled')],
    ['excepted', 'number', 10, row => sum(row, 'excepted')],
    ['unknown', 'number', 10, row => sum(row, 'unknown')],
  ]
  return register(text, 'controls', columns, () => assessment.controls)
}
