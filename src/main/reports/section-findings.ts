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
  return t('findings.source', { count: scanCount, first: date(firstAt), last: date(lastAt) })
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
        findingTable(
          lines,
          text,
          all > lines.length ? t('findings.shown', { shown: number(lines.length), all: number(all) }) : null,
        ),
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

export function findingTable(lines: readonly FindingLine[], text: ReportText, note: string | null): Block {
  const { t, date, orNone } = text
  return {
    type: 'table',
    label: t('register.findings'),
    columns: [
      { title: t('column.finding'), width: 8, alignEnd: true },
      { title: t('column.severity'), width: 11 },
      { title: t('column.address'), width: 22 },
      { title: t('column.site'), width: 12 },
      { title: t('column.subject'), width: 20 },
      { title: t('column.status'), width: 15 },
      { title: t('column.openedAt'), width: 11 },
      { title: t('column.dueAt'), width: 11 },
      { title: t('column.owner'), width: 15 },
    ],
    rows: lines.map((line): Cell[] => [
      String(line.id),
      severityCell(line.severity, text),
      { text: place(line), mono: true },
      line.site,
      line.subject === '' ? t('findings.instance') : line.subject,
      t(`status.${line.status}`),
      date(line.openedAt),
      openStatuses.has(line.status) ? orNone(line.dueAt) : '–',
      line.owner ?? t('findings.nobody'),
    ]),
    ...(note !== null && { note }),
  }
}

export function severityCell(severity: Severity, { term }: ReportText): Cell {
  return { text: term(`severity.${severity}`), severity }
}

export function place({ address, port }: { readonly address: string; readonly port: number }): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}
