import { Button } from '@mantine/core'
import { IconNetwork, IconPlus } from '@tabler/icons-react'
import type { Range } from '#shared/domain/range.ts'
import { ExportTableButton } from '../../actions/export-table.tsx'
import { BeginWithRange } from '../../actions/simulation.tsx'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { ScreenLayout } from '../../components/screen-layout.tsx'
import { EmptyPanel, LoadingPanel } from '../../components/state-panel.tsx'
import { useKeys } from '../../components/use-keys.ts'
import { useParts, useScreenRoute } from '../../data/parts.tsx'
import { type Read, useRead } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'
import { ranges } from '../../state/route.ts'
import { RangeDrawer } from './range-drawer.tsx'
import { RangeTable } from './range-table.tsx'

/** The addresses that may be scanned, and who said so. */
export function RangesScreen() {
  const { t } = useWords()
  const { navigation } = useParts()
  const { range: selected } = useScreenRoute('ranges', ranges)
  const read = useRead('range.list', {})
  const add = () => navigation.go({ ...ranges, range: 'new' })
  useKeys({ n: add })
  const chosen = read.data?.find(range => range.id === selected)
  return (
    <ScreenLayout
      header={
        <PageHeader
          title={t('screen.ranges')}
          count={read.data === undefined ? null : t('ranges.count', { count: read.data.length })}
        >
          {(read.data?.length ?? 0) > 0 ? <ExportTableButton table="ranges" /> : null}
          <Button leftSection={<IconPlus size={15} aria-hidden />} onClick={add}>
            {t('ranges.add')}
          </Button>
        </PageHeader>
      }
      drawer={<Selected selected={selected} range={chosen} />}
    >
      <Content read={read} selected={typeof selected === 'number' ? selected : null} />
    </ScreenLayout>
  )
}

function Selected({ selected, range }: { selected: number | 'new' | null; range: Range | undefined }) {
  if (selected === 'new') return <RangeDrawer key="new" range={null} />
  return range === undefined ? null : <RangeDrawer key={range.id} range={range} />
}

function Content({ read, selected }: { read: Read<readonly Range[]>; selected: number | null }) {
  const { t } = useWords()
  if (read.failure !== null || read.error !== null)
    return <FailurePanel failure={read.failure} error={read.error} onRetry={read.retry} large />
  if (read.data === undefined) return <LoadingPanel />
  if (read.data.length > 0) return <RangeTable ranges={read.data} selected={selected} />
  return (
    <EmptyPanel icon={IconNetwork} title={t('ranges.none')} text={t('ranges.noneText')}>
      <BeginWithRange />
    </EmptyPanel>
  )
}
