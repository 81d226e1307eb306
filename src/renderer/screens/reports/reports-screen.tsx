import { Button, SegmentedControl } from '@mantine/core'
import { IconCertificate, IconFileText, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { ScreenLayout } from '../../components/screen-layout.tsx'
import { EmptyPanel, LoadingPanel } from '../../components/state-panel.tsx'
import { useKeys } from '../../components/use-keys.ts'
import { useParts, useScreenRoute } from '../../data/parts.tsx'
import { useRead } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'
import { reports } from '../../state/reports-route.ts'
import { Compliance } from './compliance.tsx'
import { NewReportDrawer } from './new-report-drawer.tsx'
import { ReportProgressLine } from './report-progress.tsx'
import { ReportTable } from './report-table.tsx'
import { VerifyDialog } from './verify-dialog.tsx'

/** Frozen statements for people who were not there, and how it stands with the frameworks they ask for. */
export function ReportsScreen() {
  const { t } = useWords()
  const { navigation } = useParts()
  const { part, isNew } = useScreenRoute('reports', reports)
  const [isVerifying, setVerifying] = useState(false)
  const read = useRead('report.list', {})
  const add = () => navigation.go({ ...reports, isNew: true })
  useKeys({ n: add })
  const count = read.data === undefined ? null : t('reports:console.count', { count: read.data.length })
  return (
    <ScreenLayout
      header={
        <PageHeader title={t('screen.reports')} count={part === 'kept' ? count : null}>
          <SegmentedControl
            aria-label={t('reports:console.parts')}
            value={part}
            onChange={value => navigation.go(value === 'kept' ? reports : { ...reports, part: 'compliance' })}
            data={[
              { value: 'kept', label: t('reports:console.kept') },
              { value: 'compliance', label: t('reports:console.compliance') },
            ]}
          />
          <Button
            variant="default"
            leftSection={<IconCertificate size={15} aria-hidden />}
            onClick={() => setVerifying(true)}
          >
            {t('reports:console.verify')}
          </Button>
          <Button leftSection={<IconPlus size={15} aria-hidden />} onClick={add}>
            {t('reports:console.create')}
          </Button>
        </PageHeader>
      }
      drawer={isNew ? <NewReportDrawer /> : null}
    >
      <ReportProgressLine />
      {part === 'compliance' ? <Compliance /> : <Kept read={read} onAdd={add} />}
      {isVerifying ? <VerifyDialog onClose={() => setVerifying(false)} /> : null}
    </ScreenLayout>
  )
}

function Kept({ read, onAdd }: { read: ReturnType<typeof useRead<'report.list'>>; onAdd: () => void }) {
  const { t } = useWords()
  if (read.failure !== null || read.error !== null)
    return <FailurePanel failure={read.failure} error={read.error} onRetry={read.retry} large />
  if (read.data === undefined) return <LoadingPanel />
  if (read.data.length > 0) return <ReportTable reports={read.data} />
  return (
    <EmptyPanel icon={IconFileText} title={t('reports:console.none')} text={t('reports:console.noneText')}>
      <Button leftSection={<IconPlus size={15} aria-hidden />} onClick={onAdd}>
        {t('reports:console.create')}
      </Button>
    </EmptyPanel>
  )
}
