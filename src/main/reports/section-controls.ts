import { type ControlAssessment, controlStates, type FrameworkAssessment } from '#shared/domain/framework.ts'
import type { ReportData } from './data.ts'
import type { Bar, Block, Cell, Section } from './model.ts'
import type { ReportText } from './text.ts'

/** What the scans say about the controls of a framework. */
export function controlSections(data: ReportData, text: ReportText, isBrief = false): Section[] {
  const { assessment } = data
  if (assessment === null) return []
  const { t, language } = text
  const shown = isBrief
    ? assessment.controls.filter(({ state }) => state === 'not-met' || state === 'partly')
    : assessment.controls
  return [
    {
      id: 'controls',
      title: assessment.framework.name[language],
      startsPage: true,
      blocks: [
        ...introduction(assessment, text),
        stateBars(assessment, text),
        ...(shown.length === 0 ? [] : [controlTable(shown, text)]),
        ...(isBrief ? [{ type: 'paragraph' as const, text: t('controls.brief'), isMuted: true }] : []),
      ],
    },
  ]
}

function introduction({ framework, unverified }: FrameworkAssessment, text: ReportText): Block[] {
  const { t, language, day } = text
  const isConfirmed = framework.legalDateStatus === 'confirmed'
  return [
    { type: 'paragraph', text: t('controls.intro') },
    { type: 'paragraph', text: framework.note[language] },
    {
      type: 'facts',
      items: [
        { label: t('controls.edition'), value: framework.edition },
        {
          label: t('controls.legalDate'),
          value: `${day(framework.legalDate)}${isConfirmed ? '' : ` (${t('controls.unverified')})`}`,
        },
        { label: t('controls.source'), value: framework.source },
        {
          label: t('controls.pack'),
          value: `${framework.framework} ${framework.packVersion} · ${t(`controls.origin.${framework.origin}`)}`,
        },
        ...(unverified > 0
          ? [
              {
                label: t('controls.unverifiedCount'),
                value: t('controls.unverifiedNote', { count: unverified }),
              },
            ]
          : []),
      ],
    },
  ]
}

function stateBars({ counts, controls }: FrameworkAssessment, text: ReportText): Block {
  const { t, number } = text
  const items: Bar[] = controlStates.map(state => ({
    label: t(`state.${state}`),
    value: counts[state],
    text: number(counts[state]),
    state,
  }))
  return {
    type: 'bars',
    title: t('controls.byState', { count: controls.length }),
    items,
    source: t('controls.method'),
  }
}

function controlTable(controls: readonly ControlAssessment[], text: ReportText): Block {
  const { t } = text
  return {
    type: 'table',
    label: t('register.controls'),
    columns: [
      { title: t('column.control'), width: 14 },
      { title: t('controls.what'), width: 50 },
      { title: t('column.state'), width: 36 },
    ],
    rows: controls.map((control): Cell[] => [
      { text: control.id, strong: true },
      { text: controlText(control, text), strong: true },
      { text: stateText(control, text), state: control.state },
    ]),
  }
}

function controlText({ title, text: own, status, appliesFrom }: ControlAssessment, text: ReportText): string {
  const { t, language, day } = text
  const marks = [
    ...(status === 'unverified' ? [t('controls.unverified')] : []),
    ...(appliesFrom === undefined ? [] : [t('controls.appliesFrom', { date: day(appliesFrom) })]),
  ]
  return `${title[language]}${marks.length === 0 ? '' : ` [${marks.join('; ')}]`}\n${own[language]}`
}

function stateText(control: ControlAssessment, text: ReportText): string {
  const { t, number, language } = text
  const { state, reasons, tallies, condition } = control
  const broken = tallies.filter(
    ({ open, overdue, handled, excepted }) => open + overdue + handled + excepted > 0,
  )
  const evidence = broken.map(({ rule, open, handled, excepted }) =>
    t('controls.evidence', {
      rule,
      open: number(open),
      handled: number(handled),
      excepted: number(excepted),
    }),
  )
  const why = reasons.map(reason =>
    reason === 'conditional' ? condition?.[language] : t(`reason.${reason}`),
  )
  return [t(`state.${state}`), why.join(' '), ...evidence].join('\n')
}
