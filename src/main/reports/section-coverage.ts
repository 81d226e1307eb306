import type { RangeCoverage, ReportData } from './data.ts'
import type { Block, Cell, Section } from './model.ts'
import type { ReportText } from './text.ts'

type Outcome = 'answered' | 'refused' | 'silent' | 'unreachable' | 'notReached' | 'failed'

function sumOf(scan: RangeCoverage['scan'], outcomes: readonly Outcome[]): number | undefined {
  return scan === null ? undefined : outcomes.reduce((sum, outcome) => sum + scan.coverage[outcome], 0)
}

/** How far anybody looked, how, and from where: in every report. */
export function coverageSection(data: ReportData, text: ReportText): Section {
  const { t } = text
  return {
    id: 'coverage',
    title: t('coverage.title'),
    startsPage: true,
    blocks: [
      { type: 'paragraph', text: t('coverage.intro') },
      ...verdictBlocks(data, text),
      coverageFigures(data, text),
      rangeTable(data, text),
      ...exclusionBlocks(data, text),
      { type: 'heading', text: t('coverage.asked') },
      { type: 'paragraph', text: t('coverage.askedNote') },
      allowListTable(data, text),
      { type: 'heading', text: t('coverage.restsOn') },
      inputFacts(data, text),
    ],
  }
}

export function verdictBlocks({ coverage }: ReportData, { t }: ReportText): Block[] {
  if (coverage.scanCount === 0) return [{ type: 'callout', tone: 'attention', text: t('coverage.never') }]
  return coverage.complete
    ? [{ type: 'callout', tone: 'ok', text: t('coverage.complete') }]
    : [{ type: 'callout', tone: 'attention', text: t('coverage.incomplete') }]
}

export function coverageFigures({ coverage }: ReportData, text: ReportText): Block {
  const { t, number } = text
  const { totals, ranges } = coverage
  const inForce = ranges.filter(range => range.inForce)
  const unscanned = inForce.filter(range => range.scan === null)
  const reached = totals.answered + totals.refused
  return {
    type: 'figures',
    items: [
      {
        label: t('coverage.authorised'),
        value: number(inForce.length),
        method:
          ranges.length === inForce.length
            ? t('coverage.authorisedAll')
            : t('coverage.authorisedMethod', { count: ranges.length - inForce.length }),
      },
      {
        label: t('coverage.targets'),
        value: number(totals.targets),
        method: t('coverage.targetsMethod', { excluded: number(totals.excluded) }),
      },
      { label: t('coverage.reached'), value: number(reached), method: t('coverage.reachedMethod') },
      {
        label: t('coverage.silent'),
        value: number(totals.silent + totals.unreachable),
        method: t('coverage.silentMethod'),
      },
      {
        label: t('coverage.notReached'),
        value: number(totals.notReached + totals.failed),
        method: t('coverage.notReachedMethod'),
      },
      {
        label: t('coverage.notScanned'),
        value: number(unscanned.length),
        method: t('coverage.notScannedMethod'),
      },
    ],
  }
}

export function rangeTable({ coverage }: ReportData, text: ReportText, most = 500): Block {
  const { t, number } = text
  const shown = coverage.ranges.slice(0, most)
  const count = (value: number | undefined) => (value === undefined ? '–' : number(value))
  const rows = shown.map(({ site, block, scan, ...range }): Cell[] => [
    { text: block, mono: true },
    site,
    `${range.authorisedBy}, ${range.reference}${range.inForce ? '' : ` (${t('coverage.over')})`}`,
    count(scan?.coverage.targets),
    count(scan?.coverage.excluded),
    count(sumOf(scan, ['answered', 'refused'])),
    count(sumOf(scan, ['silent', 'unreachable'])),
    count(sumOf(scan, ['notReached', 'failed'])),
    scan === null
      ? t('coverage.neverScanned')
      : t(scan.isWhole ? 'coverage.byScan' : 'coverage.byPartialScan', {
          scan: scan.id,
          date: text.date(scan.endedAt),
          vantage: scan.vantage ?? text.term('unknown'),
        }),
  ])
  const left = coverage.ranges.length - shown.length
  return {
    type: 'table',
    label: t('coverage.ranges'),
    columns: [
      { title: t('column.block'), width: 18 },
      { title: t('column.site'), width: 15 },
      { title: t('coverage.authorisation'), width: 19 },
      { title: t('coverage.targets'), width: 9, alignEnd: true },
      { title: t('column.excluded'), width: 14, alignEnd: true },
      { title: t('coverage.reached'), width: 10, alignEnd: true },
      { title: t('coverage.silent'), width: 8, alignEnd: true },
      { title: t('coverage.notReached'), width: 13, alignEnd: true },
      { title: t('coverage.scanAndVantage'), width: 22 },
    ],
    rows,
    ...(left > 0 && { note: t('coverage.moreRanges', { count: left }) }),
  }
}

function exclusionBlocks({ coverage }: ReportData, { t }: ReportText): Block[] {
  const excluded = coverage.ranges.filter(({ exclusions }) => exclusions.length > 0)
  if (excluded.length === 0) return [{ type: 'paragraph', text: t('coverage.noExclusions'), isMuted: true }]
  return [
    { type: 'heading', text: t('coverage.exclusions') },
    {
      type: 'facts',
      items: excluded.slice(0, 100).map(({ block, exclusions }) => ({
        label: block,
        value: `${exclusions.slice(0, 20).join(', ')}${exclusions.length > 20 ? ' …' : ''}`,
        mono: true,
      })),
    },
  ]
}

function allowListTable({ allowList }: ReportData, text: ReportText): Block {
  const { t } = text
  return {
    type: 'table',
    label: t('coverage.asked'),
    columns: [
      { title: t('coverage.request'), width: 46 },
      { title: t('coverage.purpose'), width: 54 },
    ],
    rows: allowList.map(({ method, path, header, body, kind }) => [
      {
        text: `${method} ${path}${header === null ? '' : ` · ${header}`}${body === null ? '' : ` · ${body}`}`,
        mono: true,
      },
      text.term(`probe.${kind}`),
    ]),
  }
}

/** Which editions of what the report rests on. */
export function inputFacts({ inputs, paddock }: ReportData, { t }: ReportText): Block {
  return {
    type: 'facts',
    items: [
      { label: t('input.paddock'), value: paddock },
      ...inputs.map(({ name, version, sha256 }) => ({
        label: t(`input.${name.split(':')[0]}`, { name: name.split(':')[1] ?? '' }),
        value: `${version} · SHA-256 ${sha256.slice(0, 12)}…`,
      })),
    ],
  }
}
