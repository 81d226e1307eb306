import type { Content } from './content.ts'
import type { ReportData } from './data.ts'
import type { Block, Cell, Section } from './model.ts'
import { controlSections } from './section-controls.ts'
import { coverageFigures, inputFacts, rangeTable, verdictBlocks } from './section-coverage.ts'
import { keyFigures, ruleBars, severityBars, severityCell, stepsOf, sum } from './section-findings.ts'
import type { ReportText } from './text.ts'

/** Two pages: how it stands and where to act; how far anybody looked. */
export function executive(data: ReportData, text: ReportText): Content {
  const { t } = text
  const standing: Section = {
    id: 'standing',
    title: t('executive.standing'),
    blocks: [
      { type: 'paragraph', text: bottomLine(data, text) },
      keyFigures(data, text),
      severityBars(data, text),
      ruleBars(data, text, 8),
    ],
  }
  const looked: Section = {
    id: 'coverage',
    title: t('coverage.title'),
    blocks: [
      ...verdictBlocks(data, text),
      coverageFigures(data, text),
      rangeTable(data, text, 5),
      { type: 'paragraph', text: t('executive.readOnly', { count: data.allowList.length }), isMuted: true },
      inputFacts(data, text),
    ],
  }
  const act: Section = {
    id: 'act',
    title: t('executive.act'),
    startsPage: true,
    blocks: [actionTable(data, text)],
  }
  return { sections: [standing, act, looked, ...controlSections(data, text, true)], leftOut: 0 }
}

function bottomLine(data: ReportData, { t, number }: ReportText): string {
  const { inventory, coverage } = data
  if (coverage.scanCount === 0) return t('executive.nothing')
  const counted = (key: string, count: number, more = {}) =>
    t(`executive.bottomLine.${key}`, { count, n: number(count), ...more })
  const overdue = number(sum(data, rule => rule.overdue))
  return [
    counted('found', inventory.instances),
    counted('open', inventory.open),
    counted('tools', inventory.toolsOpen),
    counted('unowned', inventory.instances - inventory.owned),
    counted(
      'findings',
      sum(data, rule => rule.open),
      { overdue },
    ),
  ].join(' ')
}

const rank: Readonly<Record<string, number>> = { critical: 0, high: 1, medium: 2, low: 3, none: 4 }

function actionTable(data: ReportData, text: ReportText): Block {
  const { t, number, language } = text
  const rules = [...data.rules]
    .filter(({ open }) => open > 0)
    .sort(
      (a, b) =>
        (rank[a.severity] ?? 9) - (rank[b.severity] ?? 9) || b.open - a.open || (a.key < b.key ? -1 : 1),
    )
  return {
    type: 'table',
    label: t('executive.act'),
    columns: [
      { title: t('column.severity'), width: 12 },
      { title: t('executive.what'), width: 26 },
      { title: t('executive.open'), width: 9, alignEnd: true },
      { title: t('column.overdue'), width: 10, alignEnd: true },
      { title: t('executive.do'), width: 43 },
    ],
    rows: rules
      .slice(0, 6)
      .map((each): Cell[] => [
        severityCell(each.severity, text),
        { text: each.rule?.title[language] ?? each.key, strong: true },
        number(each.open),
        number(each.overdue),
        each.rule === null ? '–' : (stepsOf(each.rule, text).at(-1)?.what ?? '–'),
      ]),
    ...(rules.length > 6 && { note: t('executive.moreRules', { count: rules.length - 6 }) }),
  }
}
