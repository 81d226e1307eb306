import { type Severity, severities } from '#shared/domain/exposure.ts'
import type { Deployment, PolicyRule } from '#shared/domain/policy.ts'
import { type FindingLine, openStatuses, type ReportData } from './data.ts'
import { type Block, type Cell, mostRows, type Section, type Step } from './model.ts'
import type { ReportText } from './text.ts'

/** Key figures, each with how it was counted. */
export function keyFigures(data: ReportData, text: ReportText): Block {
  const { inventory } = data
  const { t, number } = text
  const open = sum(data, rule => rule.open)
  const severe = sum(data, rule => (rule.severity === 'critical' || rule.severity === 'high' ? rule.open : 0))
  const unowned = inventory.instances - inventory.owned
  return {
    type: 'figures',
    items: [
      {
        label: t('figure.instances'),
        value: number(inventory.instances),
        method: t('figure.instancesMethod', { present: number(inventory.present) }),
      },
      {
        label: t('figure.open'),
        value: number(inventory.open),
        method: t('figure.openMethod', { unknown: number(inventory.accessUnknown) }),
      },
      {
        label: t('figure.toolsOpen'),
        value: number(inventory.toolsOpen),
        method: t('figure.toolsOpenMethod', { unknown: number(inventory.toolsUnknown) }),
        ...(inventory.toolsOpen > 0 && { severity: 'critical' as const }),
      },
      {
        label: t('figure.unowned'),
        value: number(unowned),
        method: t('figure.unownedMethod', { share: text.percent(inventory.owned, inventory.instances) }),
      },
      {
        label: t('figure.findings'),
        value: number(open),
        method: t('figure.findingsMethod', {
          rules: number(data.rules.filter(({ rule }) => rule?.enabled).length),
        }),
      },
      {
        label: t('figure.severe'),
        value: number(severe),
        method: t('figure.severeMethod'),
        ...(severe > 0 && { severity: 'high' as const }),
      },
      {
        label: t('figure.overdue'),
        value: number(sum(data, rule => rule.overdue)),
        method: t('figure.overdueMethod'),
      },
      {
        label: t('figure.excepted'),
        value: number(sum(data, rule => rule.excepted)),
        method: t('figure.exceptedMethod'),
      },
    ],
  }
}

export function sum(data: ReportData, of: (rule: ReportData['rules'][number]) => number): number {
  return data.rules.reduce((total, rule) => total + of(rule), 0)
}

export function severityBars(data: ReportData, text: ReportText): Block {
  const { t, number, term } = text
  const items = severities
    .filter(severity => severity !== 'none')
    .map(severity => {
      const value = sum(data, rule => (rule.severity === severity ? rule.open : 0))
      return { label: term(`severity.${severity}`), value, text: number(value), severity }
    })
  return { type: 'bars', title: t('findings.bySeverity'), items, source: sourceLine(data, text) }
}

export function ruleBars(data: ReportData, text: ReportText, most: number): Block {
  const { t, number, language } = text
  const items = [...data.rules]
    .filter(({ open }) => open > 0)
    .sort((a, b) => b.open - a.open || (a.key < b.key ? -1 : 1))
    .slice(0, most)
    .map(({ rule, key, open, severity }) => ({
      label: rule?.title[language] ?? key,
      value: open,
      text: number(open),
      severity,
    }))
  return { type: 'bars', title: t('findings.byRule'), items, source: sourceLine(data, text) }
}

/** What a chart rests on. */
export function sourceLine({ coverage }: ReportData, { t, date }: ReportText): string {
  const { scanCount, firstAt, lastAt } = coverage
  if (firstAt === null || lastAt === null) return t('findings.noSource')
  const days = [...new Set([date(firstAt), date(lastAt)])].join(' – ')
  return t('findings.source', { count: scanCount, days })
}

/** At most so many lines, grouped by rule; and how many there are. */
export function groupLines(lines: Iterable<FindingLine>): {
  groups: Map<string, FindingLine[]>
  leftOut: number
} {
  const groups = new Map<string, FindingLine[]>()
  let [shown, leftOut] = [0, 0]
  for (const line of lines) {
    if (shown === mostRows) {
      leftOut++
      continue
    }
    shown++
    const group = groups.get(line.rule)
    if (group === undefined) groups.set(line.rule, [line])
    else group.push(line)
  }
  return { groups, leftOut }
}

/** Findings by rule: what is wrong, why it matters, what to do, where. */
export function findingSections(
  data: ReportData,
  text: ReportText,
): { sections: Section[]; leftOut: number } {
  const { t, language, number } = text
  const { groups, leftOut } = groupLines(data.findings())
  const counts = new Map(data.rules.map(rule => [rule.key, rule]))
  const sections = [...groups].map(([key, lines], index): Section => {
    const count = counts.get(key)
    const rule = count?.rule ?? null
    const all = (count?.open ?? 0) + (count?.excepted ?? 0) + (count?.dormant ?? 0)
    return {
      id: `rule-${key}`,
      title: rule?.title[language] ?? key,
      ...(index === 0 && { startsPage: true }),
      blocks: [
        ...(rule === null ? [] : [{ type: 'paragraph' as const, text: rule.rationale[language] }]),
        {
          type: 'facts',
          items: [
            { label: t('column.severity'), value: text.term(`severity.${count?.severity ?? 'none'}`) },
            { label: t('findings.counts'), value: countsText(count, text) },
            {
              label: t('findings.method'),
              value: t('findings.ruleMethod', {
                rule: key,
                pack: rule?.pack ?? '',
                edition: rule?.edition ?? '',
              }),
            },
          ],
        },
        ...(rule === null ? [] : [{ type: 'steps' as const, items: stepsOf(rule, text) }]),
        findingTable(lines, text, {
          hasOwner: true,
          ...(all > lines.length && {
            note: t('findings.shown', { shown: number(lines.length), all: number(all) }),
          }),
        }),
      ],
    }
  })
  return { sections, leftOut }
}

function countsText(count: ReportData['rules'][number] | undefined, { t, number }: ReportText): string {
  if (count === undefined) return '–'
  const { open, overdue, excepted, unknown } = count
  return t('findings.countsText', {
    open: number(open),
    overdue: number(overdue),
    excepted: number(excepted),
    unknown: number(unknown),
  })
}

export function stepsOf(rule: PolicyRule, { language, t }: ReportText): Step[] {
  return Object.entries(rule.remedies).flatMap(([deployment, remedy]) =>
    remedy === undefined
      ? []
      : [
          {
            label: (deployment as Deployment) === 'any' ? '' : t(`deployment.${deployment}`),
            what: remedy.what[language],
            commands: remedy.commands,
            verify: remedy.verify,
          },
        ],
  )
}

/** One row an instance: what breaks the same rule there several times stands together; the register has each. */
export function findingTable(lines: readonly FindingLine[], text: ReportText, options: TableOptions): Block {
  const { t } = text
  const groups = [...Map.groupBy(lines, ({ instance, status }) => `${instance} ${status}`).values()]
  const columns = findingColumns(text, options).filter(
    ({ id }) => id !== 'subject' || lines.some(({ subject }) => subject !== ''),
  )
  return {
    type: 'table',
    label: t('register.findings'),
    columns: columns.map(({ id, width }) => ({ title: t(`column.${id}`), width })),
    rows: groups.map(group => columns.map(({ cell }) => cell(group))),
    ...(options.note !== undefined && { note: options.note }),
  }
}

interface TableOptions {
  readonly note?: string
  /** In a letter the owner is who reads it. */
  readonly hasOwner: boolean
}

interface FindingColumn {
  readonly id: string
  readonly width: number
  readonly cell: (group: readonly FindingLine[]) => Cell
}

function findingColumns(text: ReportText, { hasOwner }: TableOptions): FindingColumn[] {
  const { t, date, orNone } = text
  const due = (group: readonly FindingLine[]) =>
    earliest(group.map(({ dueAt, status }) => (openStatuses.has(status) ? dueAt : null)))
  return [
    {
      id: 'address',
      width: 24,
      cell: ([first]) => ({ text: first === undefined ? '' : place(first), mono: true }),
    },
    { id: 'site', width: 17, cell: ([first]) => first?.site ?? '' },
    { id: 'subject', width: 34, cell: group => subjects(group) },
    { id: 'status', width: 15, cell: ([first]) => t(`status.${first?.status ?? 'open'}`) },
    { id: 'openedAt', width: 14, cell: group => date(earliest(group.map(({ openedAt }) => openedAt)) ?? 0) },
    { id: 'dueAt', width: 14, cell: group => orNone(due(group)) },
    ...(hasOwner
      ? [
          {
            id: 'owner',
            width: 18,
            cell: ([first]: readonly FindingLine[]) => first?.owner ?? t('findings.nobody'),
          },
        ]
      : []),
  ]
}

function earliest(instants: readonly (number | null)[]): number | null {
  const known = instants.filter(at => at !== null)
  return known.length === 0 ? null : Math.min(...known)
}

const mostSubjects = 6

function subjects(group: readonly FindingLine[]): string {
  const all = group.map(({ subject }) => subject)
  const more = all.length > mostSubjects ? ` +${all.length - mostSubjects}` : ''
  return `${all.slice(0, mostSubjects).join(', ')}${more}`
}

export function severityCell(severity: Severity, { term }: ReportText): Cell {
  return { text: term(`severity.${severity}`), severity }
}

export function place({ address, port }: { readonly address: string; readonly port: number }): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}
