import { Checkbox, Tooltip } from '@mantine/core'
import type { InstanceCounts, ScanReport } from '#shared/domain/scan.ts'
import { CoverageBar } from '../../components/coverage-bar.tsx'
import { ScanStatusMark } from '../../components/marks.tsx'
import { Table, type TableColumn } from '../../components/table.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { VantageShort } from '../../components/vantage-text.tsx'
import { useScanActivity } from '../../data/parts.tsx'
import { formatDuration } from '../../format/durations.ts'
import { formatNumber } from '../../format/numbers.ts'
import { useWords } from '../../i18n/use-words.ts'
import { formatRoute, scans as scansRoute } from '../../state/route.ts'
import { reasonWord } from './reason-word.ts'
import css from './scans.module.css'
import type { ScanPair } from './use-scan-pair.ts'

export interface ScanTableProps {
  readonly scans: readonly ScanReport[]
  readonly selected: number | null
  readonly pair: ScanPair
}

/** Every scan, the newest first. */
export function ScanTable({ scans, selected, pair }: ScanTableProps) {
  const { t } = useWords()
  const columns = [...usePairColumn(pair), ...useRunColumns(), ...useResultColumns()]
  return (
    <Table
      label={t('screen.scans')}
      columns={columns}
      rows={scans}
      rowKey={({ scan }) => String(scan.id)}
      leads="id"
      selectedKey={selected === null ? null : String(selected)}
      link={({ scan }) => formatRoute({ ...scansRoute, scan: scan.id })}
    />
  )
}

/** Boxes to choose two scans by. */
function usePairColumn({ chosen, toggle }: ScanPair): TableColumn<ScanReport>[] {
  const { t } = useWords()
  return [
    {
      id: 'pair',
      head: '',
      width: '28px',
      cell: ({ scan }) => (
        <Checkbox
          aria-label={t('history:compare.choose', { id: scan.id })}
          checked={chosen.includes(scan.id)}
          disabled={scan.status === 'running'}
          onClick={event => event.stopPropagation()}
          onChange={() => toggle(scan.id)}
        />
      ),
    },
  ]
}

function useRunColumns(): TableColumn<ScanReport>[] {
  const { t } = useWords()
  const language = useLanguage()
  return [
    { id: 'id', head: t('scans.column.scan'), cell: ({ scan }) => scan.id },
    { id: 'status', head: t('scans.column.status'), cell: report => <Status report={report} /> },
    {
      id: 'started',
      head: t('scans.column.started'),
      cell: ({ scan }) => <TimeAgo at={scan.startedAt} />,
    },
    {
      id: 'duration',
      head: t('scans.column.duration'),
      alignEnd: true,
      cell: ({ scan }) => formatDuration(scan.durationMs, language),
    },
    {
      id: 'vantage',
      head: t('scans.column.vantage'),
      cell: ({ scan }) => <VantageShort vantage={scan.vantage} />,
    },
  ]
}

function Status({ report: { scan } }: { report: ScanReport }) {
  const { t } = useWords()
  const { progress } = useScanActivity()
  const reason = reasonWord(scan, t)
  const phase = progress?.id === scan.id ? progress.phase : null
  return (
    <Tooltip label={reason} disabled={reason === null}>
      <span>
        <ScanStatusMark status={scan.status} phase={phase} />
      </span>
    </Tooltip>
  )
}

function useResultColumns(): TableColumn<ScanReport>[] {
  const { t } = useWords()
  const language = useLanguage()
  const number = (value: number) => formatNumber(value, language)
  const instances = (name: keyof InstanceCounts): TableColumn<ScanReport> => ({
    id: name,
    head: t(`scans.column.${name}`),
    alignEnd: true,
    cell: report => <Count value={report.instances[name]} />,
  })
  return [
    {
      id: 'coverage',
      head: t('scans.column.coverage'),
      width: '100%',
      cell: ({ coverage }) => (
        <span className={css['coverage']}>
          <CoverageBar coverage={coverage} />
        </span>
      ),
    },
    {
      id: 'targets',
      head: t('scans.column.targets'),
      alignEnd: true,
      cell: ({ coverage }) => number(coverage.targets),
    },
    instances('seen'),
    instances('new'),
    instances('changed'),
    instances('missing'),
    {
      id: 'requests',
      head: t('scans.column.requests'),
      alignEnd: true,
      cell: ({ requests }) => number(requests.total),
    },
  ]
}

/** Nothing steps back, so that what happened stands out. */
function Count({ value }: { value: number }) {
  const language = useLanguage()
  return <span className={value === 0 ? css['muted'] : undefined}>{formatNumber(value, language)}</span>
}
