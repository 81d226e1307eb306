import type { Content } from './content.ts'
import { type FindingLine, openStatuses, type ReportData } from './data.ts'
import { type Block, mostRows, type Section } from './model.ts'
import { controlSections } from './section-controls.ts'
import { coverageSection } from './section-coverage.ts'
import { findingTable, stepsOf } from './section-findings.ts'
import type { ReportText } from './text.ts'

/** One letter an owner: what was found, what to do, by when. */
export function letters(data: ReportData, text: ReportText): Content {
  const { t } = text
  const byOwner = new Map<string, FindingLine[]>()
  let [shown, leftOut] = [0, 0]
  for (const line of data.findings()) {
    if (!openStatuses.has(line.status)) continue
    if (shown === mostRows) {
      leftOut++
      continue
    }
    shown++
    const owner = line.owner ?? ''
    const lines = byOwner.get(owner)
    if (lines === undefined) byOwner.set(owner, [line])
    else lines.push(line)
  }
  // Whoever has nobody comes last: that letter is for those who assign.
  const owners = [...byOwner].sort(([a], [b]) => (a === '' ? 1 : b === '' ? -1 : a < b ? -1 : 1))
  const sections = owners.map(([owner, lines], index) => letter(data, text, owner, lines, index > 0))
  const none: Section = {
    id: 'none',
    title: t('letter.noneTitle'),
    blocks: [{ type: 'paragraph', text: t('letter.none') }],
  }
  return {
    sections: [
      ...(sections.length === 0 ? [none] : sections),
      ...controlSections(data, text),
      coverageSection(data, text),
    ],
    leftOut,
  }
}

function letter(
  data: ReportData,
  text: ReportText,
  owner: string,
  lines: readonly FindingLine[],
  startsPage: boolean,
): Section {
  const { t, number, language, date } = text
  const instances = new Set(lines.map(({ instance }) => instance)).size
  const due = lines.flatMap(({ dueAt }) => dueAt ?? []).sort((a, b) => a - b)[0]
  const rules = new Map(data.rules.map(each => [each.key, each.rule]))
  const byRule = Map.groupBy(lines, ({ rule }) => rule)
  const told = new Set<string>()
  const blocks = [...byRule].flatMap(([key, own]): Block[] => {
    const rule = rules.get(key) ?? null
    const steps = rule === null ? [] : stepsOf(rule, text)
    const same = JSON.stringify(steps)
    const isKnown = told.has(same)
    told.add(same)
    return [
      { type: 'heading', text: rule?.title[language] ?? key, severity: own[0]?.severity ?? 'none' },
      ...(rule === null ? [] : [{ type: 'paragraph' as const, text: rule.rationale[language] }]),
      findingTable(own, text, { hasOwner: false }),
      ...(steps.length === 0
        ? []
        : isKnown
          ? [{ type: 'paragraph' as const, text: t('letter.asAbove'), isMuted: true }]
          : [{ type: 'steps' as const, items: steps }]),
    ]
  })
  const counts = { findings: number(lines.length), count: instances, instances: number(instances) }
  return {
    id: `letter-${owner === '' ? 'nobody' : owner}`,
    title: owner === '' ? t('letter.nobody') : owner,
    startsPage,
    blocks: [
      { type: 'paragraph', text: owner === '' ? t('letter.toNobody', counts) : t('letter.to', counts) },
      ...(due === undefined
        ? []
        : [
            {
              type: 'callout' as const,
              tone: 'attention' as const,
              text: t('letter.due', { date: date(due) }),
            },
          ]),
      ...blocks,
      {
        type: 'paragraph',
        text: t('letter.end', {
          contact: data.contact === '' ? data.organisation || 'Paddock' : data.contact,
        }),
      },
    ],
  }
}
