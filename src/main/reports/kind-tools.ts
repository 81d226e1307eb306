import type { Content } from './content.ts'
import type { ReportData, ToolLine } from './data.ts'
import { type Block, type Cell, mostRows, type Section } from './model.ts'
import { controlSections } from './section-controls.ts'
import { coverageSection } from './section-coverage.ts'
import { place, stepsOf } from './section-findings.ts'
import type { ReportText } from './text.ts'

/** What can be reached that calls tools. */
export function toolCalling(data: ReportData, text: ReportText): Content {
  const { t, number, term } = text
  const shown: ToolLine[] = []
  const byAccess = new Map<string, number>()
  let leftOut = 0
  for (const line of data.toolInstances()) {
    byAccess.set(line.access, (byAccess.get(line.access) ?? 0) + 1)
    if (shown.length < mostRows) shown.push(line)
    else leftOut++
  }
  const { inventory } = data
  const rule = data.rules.find(({ key }) => key === 'tools-unauthenticated')?.rule ?? null
  const items = ['open', 'auth-required', 'forbidden', 'unknown'].map(access => ({
    label: term(`access.${access}`),
    value: byAccess.get(access) ?? 0,
    text: number(byAccess.get(access) ?? 0),
    ...(access === 'open' && { severity: 'critical' as const }),
  }))
  const sections: Section[] = [
    {
      id: 'tools',
      title: t('tools.title'),
      blocks: [
        { type: 'paragraph', text: t('tools.intro') },
        {
          type: 'figures',
          items: [
            {
              label: t('tools.capable'),
              value: number(inventory.tools),
              method: t('tools.capableMethod', { unknown: number(inventory.toolsUnknown) }),
            },
            {
              label: t('figure.toolsOpen'),
              value: number(inventory.toolsOpen),
              method: t('tools.openMethod'),
              ...(inventory.toolsOpen > 0 && { severity: 'critical' as const }),
            },
            {
              label: t('figure.instances'),
              value: number(inventory.instances),
              method: t('figure.instancesMethod', { present: number(inventory.present) }),
            },
          ],
        },
        { type: 'bars', title: t('tools.byAccess'), items, source: t('tools.byAccessMethod') },
        toolTable(shown, text, leftOut),
        ...(rule === null
          ? []
          : [
              { type: 'heading' as const, text: t('tools.do') },
              { type: 'steps' as const, items: stepsOf(rule, text) },
            ]),
      ],
    },
  ]
  return { sections: [...sections, ...controlSections(data, text), coverageSection(data, text)], leftOut }
}

function toolTable(lines: readonly ToolLine[], text: ReportText, leftOut: number): Block {
  const { t, term, date, number } = text
  return {
    type: 'table',
    label: t('register.instances'),
    columns: [
      { title: t('column.address'), width: 24 },
      { title: t('column.site'), width: 17 },
      { title: t('column.access'), width: 13 },
      { title: t('column.cors'), width: 12 },
      { title: t('tools.models'), width: 30 },
      { title: t('column.owner'), width: 14 },
      { title: t('column.lastSeenAt'), width: 13 },
    ],
    rows: lines.map((line): Cell[] => [
      { text: place(line), mono: true },
      line.site,
      line.access === 'open'
        ? { text: term('access.open'), severity: 'critical' }
        : term(`access.${line.access}`),
      term(`cors.${line.cors}`),
      modelNames(line.models),
      line.owner ?? t('findings.nobody'),
      date(line.lastSeenAt),
    ]),
    ...(leftOut > 0 && {
      note: t('findings.shown', { shown: number(lines.length), all: number(lines.length + leftOut) }),
    }),
  }
}

function modelNames(models: readonly string[]): string {
  return `${models.slice(0, 4).join(', ')}${models.length > 4 ? ` +${models.length - 4}` : ''}`
}
