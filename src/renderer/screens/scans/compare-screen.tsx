import { Button, Select, Tabs } from '@mantine/core'
import { IconArrowLeft, IconArrowRight, IconEqual } from '@tabler/icons-react'
import { useCallback, useMemo, useState } from 'react'
import type { ScanDiff } from '#shared/domain/history.ts'
import type { ScanReport } from '#shared/domain/scan.ts'
import type { ScanId } from '#shared/ids.ts'
import { DataGrid } from '../../components/data-grid.tsx'
import { FailurePanel } from '../../components/failure-panel.tsx'
import type { ColumnLayout } from '../../components/grid-layout.ts'
import type { LoadRows } from '../../components/grid-source.ts'
import { CopyButton } from '../../components/mono.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { ScreenLayout } from '../../components/screen-layout.tsx'
import { EmptyPanel, LoadingPanel } from '../../components/state-panel.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { useParts, usePreferences } from '../../data/parts.tsx'
import { useRead } from '../../data/reads.ts'
import { formatMoment, millisecondsOf } from '../../format/dates.ts'
import { formatNumber } from '../../format/numbers.ts'
import { useWords } from '../../i18n/use-words.ts'
import {
  type Compared,
  type ComparedPart,
  comparedParts,
  inventory,
  linkTo,
  scans as scansRoute,
} from '../../state/route.ts'
import { rowHeights } from '../../theme/tokens.ts'
import css from './compare.module.css'
import { useCompareColumns } from './compare-columns.tsx'
import { type ComparedRow, comparedRows } from './compare-rows.ts'

/** Two scans side by side: what is new, what changed and how, what is gone, back, or cannot be told. */
export function CompareScreen({ compare }: { compare: Compared }) {
  const { t } = useWords()
  const { navigation } = useParts()
  const [from, to] = compare.scans
  const read = useRead('scan.compare', { scans: [from as ScanId, to as ScanId] }, { keepPrevious: true })
  const title = t('history:compare.title', { from, to })
  return (
    <ScreenLayout
      scrolls={false}
      header={
        <PageHeader title={title}>
          <CopyButton text={linkTo({ ...scansRoute, compare })} label={t('instance.copyLink')} shape="link" />
          <Button
            variant="default"
            leftSection={<IconArrowLeft size={15} aria-hidden />}
            onClick={() => navigation.go(scansRoute)}
          >
            {t('history:compare.back')}
          </Button>
        </PageHeader>
      }
    >
      <Sides compare={compare} />
      {read.failure === null && read.error === null ? null : (
        <FailurePanel failure={read.failure} error={read.error} onRetry={read.retry} large />
      )}
      {read.data === undefined && read.failure === null && read.error === null ? <LoadingPanel /> : null}
      {read.data === undefined ? null : <Parts diff={read.data} compare={compare} />}
    </ScreenLayout>
  )
}

/** Which two: either can be exchanged. */
function Sides({ compare }: { compare: Compared }) {
  const { t } = useWords()
  const { navigation } = useParts()
  const language = useLanguage()
  const list = useRead('scan.list', { limit: 1000 }).data ?? []
  const options = list
    .filter(({ scan }) => scan.status !== 'running')
    .map(({ scan }: ScanReport) => ({
      value: String(scan.id),
      label: `${scan.id} · ${formatMoment(millisecondsOf(scan.startedAt), language)}`,
    }))
  const [from, to] = compare.scans
  const choose = (side: 0 | 1, value: string | null) => {
    const scans: [number, number] = [from, to]
    if (value !== null) scans[side] = Number(value)
    navigation.replace({
      ...scansRoute,
      compare: { scans: [Math.min(...scans), Math.max(...scans)], part: null },
    })
  }
  return (
    <div className={css['sides']}>
      {([0, 1] as const).map(side => (
        <Select
          key={side}
          className={css['side'] ?? ''}
          aria-label={t(side === 0 ? 'history:compare.earlier' : 'history:compare.later')}
          data={options}
          searchable
          value={String(compare.scans[side])}
          onChange={value => choose(side, value)}
          leftSection={side === 1 ? <IconArrowRight size={15} aria-hidden /> : null}
        />
      ))}
      <p className={css['basis']}>{t('history:compare.basis')}</p>
    </div>
  )
}

/** The parts as tabs, each with how many instances it has; the first that has any is open. */
function Parts({ diff, compare }: { diff: ScanDiff; compare: Compared }) {
  const { t } = useWords()
  const { navigation } = useParts()
  const language = useLanguage()
  const open = compare.part ?? comparedParts.find(part => diff[part].length > 0) ?? 'new'
  return (
    <>
      <div className={css['tabs']}>
        <Tabs
          value={open}
          onChange={value => {
            const part = comparedParts.find(each => each === value) ?? null
            navigation.replace({ ...scansRoute, compare: { ...compare, part } })
          }}
        >
          <Tabs.List aria-label={t('history:compare.parts')}>
            {comparedParts.map(part => (
              <Tabs.Tab key={part} value={part}>
                {t(`history:compare.part.${part}`)}{' '}
                <span className={css['count']}>{formatNumber(diff[part].length, language)}</span>
              </Tabs.Tab>
            ))}
          </Tabs.List>
        </Tabs>
      </div>
      <div className={css['list']} role="tabpanel" aria-label={t(`history:compare.part.${open}`)}>
        {diff[open].length === 0 ? (
          <Nothing diff={diff} part={open} />
        ) : (
          <PartGrid key={`${diff.from.id} ${diff.to.id} ${open}`} diff={diff} part={open} />
        )}
      </div>
    </>
  )
}

function Nothing({ diff, part }: { diff: ScanDiff; part: ComparedPart }) {
  const { t } = useWords()
  const isAll = comparedParts.every(each => diff[each].length === 0)
  return (
    <EmptyPanel
      icon={IconEqual}
      title={t(isAll ? 'history:compare.nothing' : 'history:compare.nothingHere')}
      text={isAll ? t('history:compare.nothingText') : t(`history:compare.none.${part}`)}
    />
  )
}

const asItComes: ColumnLayout = { order: [], widths: {}, hidden: {} }

/** However many there are: the grid draws those on show. */
function PartGrid({ diff, part }: { diff: ScanDiff; part: ComparedPart }) {
  const { t } = useWords()
  const { navigation } = useParts()
  const { density } = usePreferences()
  const [layout, setLayout] = useState(asItComes)
  const columns = useCompareColumns(part)
  const rows = useMemo(() => comparedRows(diff, part), [diff, part])
  const load = useCallback<LoadRows<ComparedRow>>(
    async (start, limit) => ({ rows: rows.slice(start, start + limit), total: rows.length }),
    [rows],
  )
  return (
    <DataGrid
      label={t(`history:compare.part.${part}`)}
      columns={columns}
      rowKey={row => row.key}
      rowHeight={rowHeights[density]}
      sort={null}
      onSort={() => {}}
      layout={layout}
      onLayout={change => setLayout(now => ({ ...now, ...change }))}
      load={load}
      onPage={() => {}}
      selectedKey={null}
      onOpen={row => navigation.go({ ...inventory, instance: row.name.instance, tab: 'history' })}
      onMove={() => {}}
      onReady={() => {}}
    />
  )
}
