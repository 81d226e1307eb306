import type { Exception } from '#shared/domain/exception.ts'
import type { Content } from './content.ts'
import type { ReportData } from './data.ts'
import { type Block, type Cell, mostRows, type Section } from './model.ts'
import { controlSections } from './section-controls.ts'
import { coverageSection } from './section-coverage.ts'
import { place } from './section-findings.ts'
import type { ReportText } from './text.ts'

/** Who may break which rule until when, and why. */
export function exceptions(data: ReportData, text: ReportText): Content {
  const { t, number } = text
  const { exceptions: all } = data
  const count = (status: string) => all.filter(each => each.status === status).length
  const expiring = all.filter(({ isExpiring }) => isExpiring).length
  const shown = all.slice(0, mostRows)
  const sections: Section[] = [
    {
      id: 'exceptions',
      title: t('exceptions.title'),
      blocks: [
        { type: 'paragraph', text: t('exceptions.intro') },
        {
          type: 'figures',
          items: [
            {
              label: t('exceptions.inForce'),
              value: number(count('approved')),
              method: t('exceptions.inForceMethod'),
            },
            {
              label: t('exceptions.expiring'),
              value: number(expiring),
              method: t('exceptions.expiringMethod'),
            },
            {
              label: t('exceptions.requested'),
              value: number(count('requested')),
              method: t('exceptions.requestedMethod'),
            },
            {
              label: t('exceptions.over'),
              value: number(count('expired') + count('lapsed')),
              method: t('exceptions.overMethod', { rejected: number(count('rejected')) }),
            },
          ],
        },
        ...(shown.length === 0
          ? [{ type: 'callout' as const, tone: 'info' as const, text: t('exceptions.none') }]
          : []),
        ...(shown.length === 0 ? [] : [registerTable(shown, data, text)]),
      ],
    },
  ]
  return {
    sections: [...sections, ...controlSections(data, text), coverageSection(data, text)],
    leftOut: all.length - shown.length,
  }
}

function registerTable(shown: readonly Exception[], data: ReportData, text: ReportText): Block {
  const { t, date, day, language } = text
  const titles = new Map(data.rules.map(({ key, rule }) => [key, rule?.title[language] ?? key]))
  return {
    type: 'table',
    label: t('register.exceptions'),
    columns: [
      { title: t('column.exception'), width: 7, alignEnd: true },
      { title: t('column.status'), width: 13 },
      { title: t('exceptions.where'), width: 24 },
      { title: t('exceptions.why'), width: 34 },
      { title: t('exceptions.who'), width: 24 },
      { title: t('column.expiresOn'), width: 12 },
    ],
    rows: shown.map((each): Cell[] => [
      String(each.id),
      t(`exceptionStatus.${each.isExpiring ? 'expiring' : each.status}`),
      `${titles.get(each.rule) ?? each.rule}\n${place(each)}`,
      `${each.reason}\n${t('exceptions.meanwhile', { control: each.control })}`,
      [
        t('exceptions.answers', { name: each.owner }),
        t('exceptions.asked', {
          name: each.requestedBy,
          date: date(Date.parse(each.requestedAt)),
        }),
        ...(each.decidedBy === null || each.decidedAt === null
          ? []
          : [
              t('exceptions.decided', {
                name: each.decidedBy,
                date: date(Date.parse(each.decidedAt)),
              }),
            ]),
      ].join('\n'),
      day(each.expiresOn),
    ]),
  }
}
