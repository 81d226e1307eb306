import { Button, FileButton } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { useState } from 'react'
import { ExportTableButton } from '../../actions/export-table.tsx'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { ScreenLayout } from '../../components/screen-layout.tsx'
import { EmptyPanel, LoadingPanel } from '../../components/state-panel.tsx'
import { useParts, useScreenRoute } from '../../data/parts.tsx'
import { useRead } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'
import { imports } from '../../state/imports-route.ts'
import { Candidates } from './candidates.tsx'
import { ImportDrawer } from './import-drawer.tsx'
import { ImportTable } from './import-table.tsx'
import { PreviewDrawer } from './preview-drawer.tsx'
import { Proposals } from './proposals.tsx'

/** What other tools know: looked at before it is taken over, and taken back as a whole. */
export function ImportsScreen() {
  const { t } = useWords()
  const { client, navigation } = useParts()
  const { import: selected } = useScreenRoute('imports', imports)
  const read = useRead('import.list', {})
  const [file, setFile] = useState<string | null>(null)
  const choose = (chosen: File | null) => {
    if (chosen === null) return
    navigation.go(imports)
    setFile(client.pathOf(chosen))
  }
  const chosen = read.data?.find(each => each.id === selected)
  const close = () => setFile(null)
  return (
    <ScreenLayout
      header={
        <PageHeader
          title={t('screen.imports')}
          count={read.data === undefined ? null : t('exchange:screen.count', { count: read.data.length })}
        >
          {(read.data?.length ?? 0) > 0 ? <ExportTableButton table="imports" /> : null}
          <ChooseFile onChoose={choose} />
        </PageHeader>
      }
      drawer={
        file !== null ? (
          <PreviewDrawer key={file} file={file} onClose={close} />
        ) : chosen === undefined ? null : (
          <ImportDrawer key={chosen.id} head={chosen} />
        )
      }
    >
      {read.failure !== null || read.error !== null ? (
        <FailurePanel failure={read.failure} error={read.error} onRetry={read.retry} large />
      ) : read.data === undefined ? (
        <LoadingPanel />
      ) : read.data.length === 0 ? (
        <EmptyPanel
          icon={IconFileImport}
          title={t('exchange:screen.none')}
          text={t('exchange:screen.noneText')}
        >
          <ChooseFile onChoose={choose} />
        </EmptyPanel>
      ) : (
        <>
          <Proposals />
          <Candidates />
          <ImportTable imports={read.data} selected={selected} />
        </>
      )}
    </ScreenLayout>
  )
}

function ChooseFile({ onChoose }: { onChoose: (file: File | null) => void }) {
  const { t } = useWords()
  return (
    <FileButton onChange={onChoose} accept=".xml,.json,.ndjson,.jsonl,.csv,.tsv,.txt,.list,.lst,text/*">
      {props => (
        <Button {...props} leftSection={<IconFileImport size={15} aria-hidden />}>
          {t('exchange:screen.choose')}
        </Button>
      )}
    </FileButton>
  )
}
