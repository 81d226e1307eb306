import { Button } from '@mantine/core'
import { IconBox, IconFilterOff, IconPlayerPlay } from '@tabler/icons-react'
import { useStore } from 'zustand'
import type { HeldModel } from '#shared/domain/held-model.ts'
import { ModelSortColumn } from '#shared/domain/model-list.ts'
import { TrySimulation } from '../../actions/simulation.tsx'
import { DataGrid } from '../../components/data-grid.tsx'
import { ListArea } from '../../components/list-area.tsx'
import { NewsButton } from '../../components/news-button.tsx'
import { EmptyPanel } from '../../components/state-panel.tsx'
import { useKeys } from '../../components/use-keys.ts'
import { useLanguage } from '../../components/use-language.ts'
import { useParts, usePreferences, useScreenRoute } from '../../data/parts.tsx'
import { formatNumber } from '../../format/numbers.ts'
import { useWords } from '../../i18n/use-words.ts'
import { InstanceQuery } from '../../query/instance-query.tsx'
import { models, mostHeldFirst } from '../../state/models-route.ts'
import { scans } from '../../state/route.ts'
import { rowHeights } from '../../theme/tokens.ts'
import { useModelColumns } from './model-columns.ts'
import css from './models.module.css'
import type { ModelRows } from './use-models.ts'

/** A digest, or the name of a model that has none. */
const keyOf = ({ digest, names }: HeldModel) => digest ?? names[0] ?? ''

/** Every model of the instances a query finds. */
export function ModelList({ rows }: { rows: ModelRows }) {
  const { handle, showNews } = rows
  useKeys({
    j: () => handle.current?.step(1),
    k: () => handle.current?.step(-1),
    r: showNews,
    '/': () => document.getElementById('models-filter')?.focus(),
  })
  return (
    <>
      <Toolbar rows={rows} />
      <ListArea
        failure={rows.failure}
        error={rows.error}
        onRetry={showNews}
        empty={rows.total === 0 ? <NoModel query={rows.query} /> : null}
      >
        <Grid rows={rows} />
      </ListArea>
    </>
  )
}

function Toolbar({ rows }: { rows: ModelRows }) {
  const { t } = useWords()
  const language = useLanguage()
  const { navigation } = useParts()
  const route = useScreenRoute('models', models)
  const { query, instances } = rows
  return (
    <div className={css['toolbar']}>
      <InstanceQuery
        id="models-filter"
        label={t('models:screen.filter')}
        placeholder={t('models:screen.filterHint')}
        query={route.text}
        onQuery={text => navigation.replace({ ...route, text })}
        onLeave={() => rows.handle.current?.focus()}
      />
      <p className={css['heldBy']} role="status">
        {query === '' || instances === null
          ? null
          : t('models:screen.heldBy', { count: instances, n: formatNumber(instances, language) })}
      </p>
      {rows.hasNews ? <NewsButton onShow={rows.showNews}>{t('inventory.changed')}</NewsButton> : null}
    </div>
  )
}

function Grid({ rows }: { rows: ModelRows }) {
  const { t } = useWords()
  const { navigation, modelsLayout } = useParts()
  const { density } = usePreferences()
  const layout = useStore(modelsLayout)
  const columns = useModelColumns()
  const route = useScreenRoute('models', models)
  const read = () => navigation.store.getState()
  return (
    <DataGrid
      label={t('screen.models')}
      columns={columns}
      rowKey={keyOf}
      rowHeight={rowHeights[density]}
      sort={route.sort}
      onSort={sort => {
        const now = read()
        const column = ModelSortColumn.safeParse(sort?.column)
        if (now.screen !== 'models') return
        const next = sort === null || !column.success ? mostHeldFirst : { ...sort, column: column.data }
        navigation.replace({ ...now, sort: next })
      }}
      layout={layout}
      onLayout={change => modelsLayout.setState(change)}
      load={rows.load}
      onPage={rows.onPage}
      selectedKey={route.model}
      onOpen={row => navigation.go({ ...route, model: keyOf(row), ask: null })}
      onMove={row => {
        const now = read()
        if (now.screen === 'models' && now.model !== null && now.model !== keyOf(row))
          navigation.replace({ ...now, model: keyOf(row), ask: null })
      }}
      onReady={handle => {
        rows.handle.current = handle
      }}
    />
  )
}

/** Why the list is empty, and what to do about it. */
function NoModel({ query }: { query: string }) {
  const { t } = useWords()
  const { navigation } = useParts()
  if (query !== '')
    return (
      <EmptyPanel
        icon={IconFilterOff}
        title={t('models:screen.noMatch', { query })}
        text={t('models:screen.noMatchText')}
      >
        <Button variant="default" onClick={() => navigation.replace(models)}>
          {t('inventory.clear')}
        </Button>
      </EmptyPanel>
    )
  return (
    <EmptyPanel icon={IconBox} title={t('models:none')} text={t('models:screen.noneText')}>
      <Button
        leftSection={<IconPlayerPlay size={15} aria-hidden />}
        onClick={() => navigation.go({ ...scans, scan: 'new' })}
      >
        {t('scans.start')}
      </Button>
      <TrySimulation />
    </EmptyPanel>
  )
}
