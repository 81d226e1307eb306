import { IconCircleCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { useStore } from 'zustand'
import type { TriageRow } from '#shared/domain/triage.ts'
import { DataGrid } from '../../components/data-grid.tsx'
import { ListArea } from '../../components/list-area.tsx'
import { EmptyPanel } from '../../components/state-panel.tsx'
import { useKeys } from '../../components/use-keys.ts'
import { useParts, usePreferences } from '../../data/parts.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { inventory } from '../../state/route.ts'
import { needsOwner, type TriageRoute } from '../../state/triage-route.ts'
import { rowHeights } from '../../theme/tokens.ts'
import { useQueueColumns } from './queue-columns.tsx'
import { QueueToolbar } from './queue-toolbar.tsx'
import { RowActions } from './row-actions.tsx'
import type { Queue } from './use-queue.ts'

/** Everything somebody has to answer for, row by row. */
export function QueueTab({ queue, route }: { queue: Queue; route: TriageRoute }) {
  const [row, setRow] = useState<TriageRow | null>(null)
  const { handle, refresh, trouble, shown } = queue
  useKeys({
    j: () => handle.current?.step(1),
    k: () => handle.current?.step(-1),
    r: refresh,
    '/': () => document.getElementById('triage-query')?.focus(),
  })
  return (
    <>
      <QueueToolbar queue={queue} route={route} />
      <ListArea
        failure={trouble?.failure ?? null}
        error={trouble?.error ?? null}
        onRetry={refresh}
        empty={shown?.total === 0 ? <NothingLeft queue={queue} route={route} /> : null}
      >
        <QueueGrid
          queue={queue}
          route={route}
          onMove={setRow}
          // another row may have come to where the focus is
          onPage={() => setRow(handle.current?.focused() ?? null)}
        />
      </ListArea>
      <RowActions
        row={shown?.total === 0 ? null : row}
        focused={() => handle.current?.focused() ?? null}
        onDone={refresh}
      />
    </>
  )
}

interface QueueGridProps {
  readonly queue: Queue
  readonly route: TriageRoute
  readonly onMove: (row: TriageRow) => void
  readonly onPage: () => void
}

function QueueGrid({ queue, onMove, onPage }: QueueGridProps) {
  const { t } = useWords()
  const { navigation, triageLayout } = useParts()
  const { density } = usePreferences()
  const layout = useStore(triageLayout)
  const columns = useQueueColumns()
  return (
    <DataGrid
      label={t('screen.triage')}
      columns={columns}
      rowKey={row => String(row.instance)}
      rowHeight={rowHeights[density]}
      sort={null}
      onSort={() => {}}
      layout={layout}
      onLayout={change => triageLayout.setState(change)}
      load={queue.load}
      onPage={onPage}
      selectedKey={null}
      onOpen={row => navigation.go({ ...inventory, instance: row.instance, tab: 'ownership' })}
      onMove={onMove}
      onReady={handle => {
        queue.handle.current = handle
      }}
    />
  )
}

function NothingLeft({ queue, route }: { queue: Queue; route: TriageRoute }) {
  const { t } = useWords()
  const all = Object.values(queue.summary.data?.counts ?? {}).reduce((sum, count) => sum + count, 0)
  const isWhole =
    route.states.join() === needsOwner.join() &&
    route.query === '' &&
    route.only === null &&
    route.owner === null
  const words = all === 0 && isWhole ? 'nothingYet' : isWhole ? 'done' : 'noMatch'
  return (
    <EmptyPanel
      icon={IconCircleCheck}
      title={t(`triage:empty.${words}`)}
      text={t(`triage:empty.${words}Text`)}
    />
  )
}
