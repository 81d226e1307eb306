import { Button, Tooltip } from '@mantine/core'
import { IconArrowsDiff, IconNetwork, IconPlayerPlay, IconRadar2 } from '@tabler/icons-react'
import type { ScanReport } from '#shared/domain/scan.ts'
import { ExportTableButton } from '../../actions/export-table.tsx'
import { BeginWithRange } from '../../actions/simulation.tsx'
import { CoverageKeys } from '../../components/coverage-bar.tsx'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { ScreenLayout } from '../../components/screen-layout.tsx'
import { EmptyPanel, LoadingPanel } from '../../components/state-panel.tsx'
import { useKeys } from '../../components/use-keys.ts'
import { useParts, useScanActivity, useScreenRoute } from '../../data/parts.tsx'
import { type Read, useRead } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'
import { type ScansRoute, scans } from '../../state/route.ts'
import { CompareScreen } from './compare-screen.tsx'
import { EndedScan } from './ended-scan.tsx'
import { NewScanDrawer } from './new-scan-drawer.tsx'
import { RunningScan } from './running-scan.tsx'
import { ScanDrawer } from './scan-drawer.tsx'
import { ScanTable } from './scan-table.tsx'
import css from './scans.module.css'
import { type ScanPair, useScanPair } from './use-scan-pair.ts'

const listed = 200

/** What has been scanned, and what is being scanned; or two scans side by side. */
export function ScansScreen() {
  const { compare } = useScreenRoute('scans', scans)
  return compare === null ? <ScanList /> : <CompareScreen compare={compare} />
}

function ScanList() {
  const { t } = useWords()
  const { navigation } = useParts()
  const route = useScreenRoute('scans', scans)
  const read = useRead('scan.list', { limit: listed })
  const pair = useScanPair()
  const start = () => navigation.go({ ...scans, scan: 'new' })
  useKeys({ n: start })
  return (
    <ScreenLayout
      header={
        <PageHeader title={t('screen.scans')} count={useCount(read.data)}>
          {(read.data?.length ?? 0) > 0 ? <ExportTableButton table="scans" /> : null}
          {(read.data?.length ?? 0) < 2 ? null : <CompareButton pair={pair} />}
          <Button leftSection={<IconPlayerPlay size={15} aria-hidden />} onClick={start}>
            {t('scans.start')}
          </Button>
        </PageHeader>
      }
      drawer={<Selected route={route} list={read.data ?? []} />}
    >
      <Content read={read} selected={typeof route.scan === 'number' ? route.scan : null} pair={pair} />
    </ScreenLayout>
  )
}

/** Leads to the two chosen scans side by side; says what is missing. */
function CompareButton({ pair: { pair, chosen } }: { pair: ScanPair }) {
  const { t } = useWords()
  const { navigation } = useParts()
  return (
    <Tooltip label={t('history:compare.chooseTwo')} disabled={pair !== null}>
      <Button
        variant="default"
        data-disabled={pair === null}
        leftSection={<IconArrowsDiff size={15} aria-hidden />}
        onClick={() => pair !== null && navigation.go({ ...scans, compare: { scans: pair, part: null } })}
      >
        {chosen.length === 0
          ? t('history:compare.action')
          : t('history:compare.actionOf', { count: chosen.length })}
      </Button>
    </Tooltip>
  )
}

/** "12 scans"; where the list is cut off, that it is. */
function useCount(list: readonly ScanReport[] | undefined): string | null {
  const { t } = useWords()
  if (list === undefined) return null
  return list.length < listed
    ? t('scans.count', { count: list.length })
    : t('scans.newest', { count: listed })
}

function Selected({ route, list }: { route: ScansRoute; list: readonly ScanReport[] }) {
  const { navigation } = useParts()
  const { scan, range, explain } = route
  if (scan === 'new') return <NewScanDrawer key={`new ${range} ${explain}`} range={range} explain={explain} />
  if (scan === null) return null
  const step = (by: 1 | -1) => {
    const next = list[list.findIndex(each => each.scan.id === scan) + by]
    if (next !== undefined) navigation.replace({ ...scans, scan: next.scan.id })
  }
  return <ScanDrawer id={scan} previous={previousOf(scan, list)} onStep={step} />
}

/** The scan that ended before this one. */
function previousOf(id: number, list: readonly ScanReport[]): number | null {
  const before = list
    .filter(({ scan }) => scan.id < id && scan.status !== 'running')
    .map(({ scan }) => scan.id)
  return before.length === 0 ? null : Math.max(...before)
}

interface ContentProps {
  readonly read: Read<readonly ScanReport[]>
  readonly selected: number | null
  readonly pair: ScanPair
}

function Content({ read, selected, pair }: ContentProps) {
  const { progress } = useScanActivity()
  if (read.failure !== null || read.error !== null)
    return <FailurePanel failure={read.failure} error={read.error} onRetry={read.retry} large />
  if (read.data === undefined) return <LoadingPanel />
  if (read.data.length === 0 && progress === null) return <NoScan />
  return (
    <>
      {progress === null ? <EndedScan /> : <RunningScan progress={progress} />}
      <div className={css['keys']}>
        <CoverageKeys />
      </div>
      <ScanTable scans={read.data} selected={selected} pair={pair} />
    </>
  )
}

function NoScan() {
  const { t } = useWords()
  const { navigation } = useParts()
  const rangeCount = useRead('workspace.show', {}).data?.rangeCount
  if (rangeCount === undefined) return <LoadingPanel />
  if (rangeCount === 0)
    return (
      <EmptyPanel icon={IconNetwork} title={t('scans.noRange')} text={t('scans.noRangeText')}>
        <BeginWithRange />
      </EmptyPanel>
    )
  return (
    <EmptyPanel icon={IconRadar2} title={t('scans.none')} text={t('scans.noneText', { count: rangeCount })}>
      <Button
        leftSection={<IconPlayerPlay size={15} aria-hidden />}
        onClick={() => navigation.go({ ...scans, scan: 'new' })}
      >
        {t('scans.start')}
      </Button>
    </EmptyPanel>
  )
}
