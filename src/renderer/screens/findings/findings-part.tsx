import { Button } from '@mantine/core'
import { IconFilterOff, IconShieldCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { useStore } from 'zustand'
import { FindingColumn } from '#shared/domain/finding-list.ts'
import { DataGrid } from '../../components/data-grid.tsx'
import type { GridSort } from '../../components/grid-columns.tsx'
import { ListArea } from '../../components/list-area.tsx'
import { NewsButton } from '../../components/news-button.tsx'
import { ScreenLayout } from '../../components/screen-layout.tsx'
import { EmptyPanel } from '../../components/state-panel.tsx'
import { useKeys } from '../../components/use-keys.ts'
import { useParts, usePreferences, useScreenRoute } from '../../data/parts.tsx'
import { useRead } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'
import { findings, toDo } from '../../state/findings-route.ts'
import { rowHeights } from '../../theme/tokens.ts'
import { AllOfThem } from './all-of-them.tsx'
import { FindingBar } from './finding-bar.tsx'
import { useFindingColumns } from './finding-columns.tsx'
import { FindingDrawer } from './finding-drawer.tsx'
import { FindingFacets } from './finding-facets.tsx'
import { FindingQuery } from './finding-query.tsx'
import css from './findings.module.css'
import { FindingsHeader, useCountOf } from './findings-header.tsx'
import { RequestException } from './request-exception.tsx'
import { type FindingPicks, useFindingPicks } from './use-finding-picks.ts'
import { type FindingList, useFindings } from './use-findings.ts'
import { useVerify } from './use-verify.ts'

/** The list, and what is selected in it. */
export function FindingsPart() {
  const { navigation } = useParts()
  const route = useScreenRoute('findings', findings)
  const list = useFindings()
  const picks = useFindingPicks(list.query)
  const count = useCountOf(list.size)
  const verify = useVerify()
  const [excepting, setExcepting] = useState<number | null>(null)
  const chosen = () => route.finding ?? list.handle.current?.focused()?.id ?? null
  const withChosen = (act: (id: number) => void) => () => {
    const id = chosen()
    if (id === null) return false
    act(id)
    return true
  }
  useKeys({
    j: () => list.handle.current?.step(1),
    k: () => list.handle.current?.step(-1),
    v: withChosen(id => void verify.start(id)),
    e: withChosen(setExcepting),
    r: list.showNews,
    '/': () => document.getElementById('finding-query')?.focus(),
  })
  const close = () => {
    navigation.go({ ...route, finding: null })
    list.handle.current?.focus()
  }
  return (
    <ScreenLayout
      scrolls={false}
      header={<FindingsHeader count={count} query={list.query} />}
      drawer={
        route.finding === null ? null : (
          <FindingDrawer
            id={route.finding}
            verify={verify}
            onExcept={() => setExcepting(route.finding)}
            onClose={close}
            onStep={step => list.handle.current?.step(step)}
          />
        )
      }
    >
      <Toolbar list={list} />
      {picks.isAny ? (
        <FindingBar picks={picks} onDone={list.showNews} />
      ) : (
        <FindingFacets query={list.query} />
      )}
      <ListArea
        failure={list.failure}
        error={list.error}
        onRetry={list.showNews}
        empty={list.size?.total === 0 ? <NothingFound query={list.query} /> : null}
      >
        <FindingGrid list={list} picks={picks} />
      </ListArea>
      {excepting === null ? null : (
        <RequestException finding={excepting} onClose={() => setExcepting(null)} />
      )}
    </ScreenLayout>
  )
}

function Toolbar({ list }: { list: FindingList }) {
  const { t } = useWords()
  return (
    <div className={css['toolbar']}>
      <FindingQuery onLeave={() => list.handle.current?.focus()} />
      <div role="status">
        {list.hasNews ? <NewsButton onShow={list.showNews}>{t('inventory.changed')}</NewsButton> : null}
      </div>
      <div className={css['end']}>
        <AllOfThem query={list.query} count={list.size?.findings ?? 0} onDone={list.showNews} />
      </div>
    </div>
  )
}

/** What the list is ordered by where nobody said otherwise; what is as severe: the oldest first. */
const usualOrder: GridSort = { column: 'severity', descending: false }

function FindingGrid({ list, picks }: { list: FindingList; picks: FindingPicks }) {
  const { t } = useWords()
  const { navigation, findingsLayout } = useParts()
  const route = useScreenRoute('findings', findings)
  const { density } = usePreferences()
  const layout = useStore(findingsLayout)
  const columns = useFindingColumns()
  const now = () => {
    const current = navigation.store.getState()
    return current.screen === 'findings' ? current : findings
  }
  const onSort = (sort: GridSort | null) => {
    const column = FindingColumn.safeParse(sort?.column)
    const next = sort === null || !column.success ? null : { ...sort, column: column.data }
    navigation.replace({ ...now(), sort: next })
  }
  return (
    <DataGrid
      label={t('screen.findings')}
      columns={columns}
      rowKey={row => String(row.id)}
      rowHeight={rowHeights[density]}
      sort={route.sort ?? usualOrder}
      onSort={onSort}
      layout={layout}
      onLayout={change => findingsLayout.setState(change)}
      load={list.load}
      picks={picks.grid}
      onPage={() => {}}
      selectedKey={route.finding === null ? null : String(route.finding)}
      onOpen={row => navigation.go({ ...now(), finding: row.id })}
      onMove={row => {
        const current = now()
        if (current.finding !== null && current.finding !== row.id)
          navigation.replace({ ...current, finding: row.id })
      }}
      onReady={handle => {
        list.handle.current = handle
      }}
    />
  )
}

/** Why there is nothing: because all is well, or because of what was asked. */
function NothingFound({ query }: { query: string }) {
  const { t } = useWords()
  const { navigation } = useParts()
  const instances = useRead('workspace.show', {}).data?.instanceCount ?? 0
  const isAll = query === toDo || query === ''
  const key = !isAll ? 'noMatch' : instances === 0 ? 'nothingKnown' : 'nothing'
  return (
    <EmptyPanel
      icon={isAll ? IconShieldCheck : IconFilterOff}
      title={t(`findings:empty.${key}`)}
      text={t(`findings:empty.${key}Text`)}
    >
      {query === '' ? null : (
        <Button variant="default" onClick={() => navigation.replace({ ...findings, text: '' })}>
          {t('findings:showAll')}
        </Button>
      )}
    </EmptyPanel>
  )
}
