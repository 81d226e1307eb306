import { Button } from '@mantine/core'
import { IconArrowsDiff } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { ScanDetail } from '#shared/domain/scan.ts'
import { Drawer } from '../../components/drawer.tsx'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { ScanStatusMark } from '../../components/marks.tsx'
import { CopyButton } from '../../components/mono.tsx'
import { LoadingPanel } from '../../components/state-panel.tsx'
import { useKeys } from '../../components/use-keys.ts'
import { useParts, usePreferences, useScanActivity } from '../../data/parts.tsx'
import { useRead } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'
import { linkTo, scans } from '../../state/route.ts'
import { ContinueScan } from './continue-scan.tsx'
import { ScanCoverage } from './scan-coverage.tsx'
import { ScanExplanation } from './scan-explanation.tsx'
import { ScanFacts } from './scan-facts.tsx'
import { ScanRanges } from './scan-ranges.tsx'
import { ScanRequests } from './scan-requests.tsx'
import { ScanSpared } from './scan-spared.tsx'
import css from './scans.module.css'

export interface ScanDrawerProps {
  readonly id: number
  /** The scan before it, to compare with; null: there is none. */
  readonly previous: number | null
  readonly onStep: (step: 1 | -1) => void
}

/** Everything about one scan: what it was told, what became of it, what it sent. */
export function ScanDrawer({ id, previous, onStep }: ScanDrawerProps) {
  const { t } = useWords()
  const { navigation, preferences } = useParts()
  const { drawerWidth } = usePreferences()
  const read = useRead('scan.show', { id: id as ScanDetail['scan']['id'] }, { keepPrevious: true })
  const detail = read.data
  useKeys({ j: () => onStep(1), k: () => onStep(-1) })
  return (
    <Drawer
      label={t('scans.label', { id })}
      width={drawerWidth}
      onWidth={width => preferences.setState({ drawerWidth: width })}
      onClose={() => navigation.go(scans)}
      onStep={onStep}
      heading={<Heading id={id} detail={detail} />}
    >
      {read.failure === null && read.error === null ? null : (
        <FailurePanel failure={read.failure} error={read.error} onRetry={read.retry} />
      )}
      {detail === undefined && read.failure === null && read.error === null ? <LoadingPanel /> : null}
      {detail === undefined ? null : <Detail detail={detail} previous={previous} />}
    </Drawer>
  )
}

function Heading({ id, detail }: { id: number; detail: ScanDetail | undefined }): ReactNode {
  const { t } = useWords()
  const { progress } = useScanActivity()
  return (
    <>
      <h2>
        {t('scans.label', { id })}{' '}
        <CopyButton text={linkTo({ ...scans, scan: id })} label={t('instance.copyLink')} shape="link" />
      </h2>
      {detail === undefined ? null : (
        <ScanStatusMark status={detail.scan.status} phase={progress?.id === id ? progress.phase : null} />
      )}
    </>
  )
}

function CompareWith({ previous, id }: { previous: number; id: number }) {
  const { t } = useWords()
  const { navigation } = useParts()
  return (
    <Button
      size="xs"
      variant="default"
      className={css['compareWith'] ?? ''}
      leftSection={<IconArrowsDiff size={14} aria-hidden />}
      onClick={() => navigation.go({ ...scans, compare: { scans: [previous, id], part: null } })}
    >
      {t('history:compare.withPrevious', { id: previous })}
    </Button>
  )
}

function Detail({ detail, previous }: { detail: ScanDetail; previous: number | null }) {
  return (
    <>
      {previous === null || detail.scan.status === 'running' ? null : (
        <CompareWith previous={previous} id={detail.scan.id} />
      )}
      <ContinueScan detail={detail} key={detail.scan.id} />
      <ScanFacts detail={detail} />
      {detail.explained ? <ScanExplanation id={detail.scan.id} /> : null}
      <ScanCoverage coverage={detail.coverage} />
      <ScanRanges ranges={detail.ranges} />
      <ScanSpared exclusions={detail.exclusions} tarpits={detail.tarpits} />
      <ScanRequests requests={detail.requests} userAgent={detail.userAgent} />
    </>
  )
}
