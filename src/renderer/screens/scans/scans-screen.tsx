import { Button } from '@mantine/core'
import { IconNetwork, IconPlayerPlay, IconPlus, IconRadar2 } from '@tabler/icons-react'
import type { ScanReport } from '#shared/domain/scan.ts'
import { ExportTableButton } from '../../actions/export-table.tsx'
import { TrySimulation } from '../../actions/simulation.tsx'
import { CoverageKeys } from '../../components/coverage-bar.tsx'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { ScreenLayout } from '../../components/screen-layout.tsx'
import { EmptyPanel, LoadingPanel } from '../../components/state-panel.tsx'
import { useKeys } from '../../components/use-keys.ts'
import { useParts, useScanActivity, useScreenRoute } from '../../data/parts.tsx'
import { type Read, useRead } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'
import { ranges, type ScansRoute, scans } from '../../state/route.ts'
import { EndedScan } from './ended-scan.tsx'
import { NewScanDrawer } from './new-scan-drawer.tsx'
import { RunningScan } from './running-scan.tsx'
import { ScanDrawer } from './scan-drawer.tsx'
import { ScanTable } from './scan-table.tsx'
import css from './scans.module.css'

const listed = 200

/** What has been scanned, and what is being scanned. */
export function ScansScreen() {
  const { t } = useWords()
  const { navigation } = useParts()
  const route = useScreenRoute('scans', scans)
  const read = useRead('scan.list', { limit: listed })
  const start = () => navigation.go({ ...scans, scan: 'new' })
  useKeys({ n: start })
  return (
    <ScreenLayout
      header={
        <PageHeader title={t('screen.scans')} count={useCount(read.data)}>
          {(read.data?.length ?? 0) > 0 ? <ExportTableButton table="scans" /> : null}
          <Button leftSection={<IconPlayerPlay size={15} aria-hidden />} onClick={start}>
            {t('scans.start')}
          </Button>
        </PageHeader>
      }
      drawer={<Selected route={route} list={read.data ?? []} />}
    >
      <Content read={read} selected={typeof route.scan === 'number' ? route.scan : null} />
    </ScreenLayout>
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
  return <ScanDrawer id={scan} onStep={step} />
}

function Content({ read, selected }: { read: Read<readonly ScanReport[]>; selected: number | null }) {
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
      <ScanTable scans={read.data} selected={selected} />
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
        <Button
          leftSection={<IconPlus size={15} aria-hidden />}
          onClick={() => navigation.go({ ...ranges, range: 'new' })}
        >
          {t('ranges.add')}
        </Button>
        <TrySimulation />
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
