import { ActionIcon, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useState } from 'react'
import { formatAddressPort } from '#shared/domain/address.ts'
import { actionsOf, type OwnershipState, ownershipStates } from '#shared/domain/ownership.ts'
import type { TriageRow } from '#shared/domain/triage.ts'
import { AssignDialog } from '../../actions/assign-dialog.tsx'
import { useOwnInstance } from '../../actions/own-instance.ts'
import { ListTrouble } from '../../components/list-area.tsx'
import { Mono } from '../../components/mono.tsx'
import { EscalatedMark, OverdueMark, OwnershipMark, useBasis } from '../../components/ownership-marks.tsx'
import { LoadingPanel } from '../../components/state-panel.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { useRead } from '../../data/reads.ts'
import { formatDate } from '../../format/dates.ts'
import { formatNumber } from '../../format/numbers.ts'
import { useWords } from '../../i18n/use-words.ts'
import { formatRoute, inventory } from '../../state/route.ts'
import { formatTriage, type TriageRoute } from '../../state/triage-route.ts'
import { QueryInput } from './queue-toolbar.tsx'
import css from './triage.module.css'
import type { Queue } from './use-queue.ts'

/** So many cards of a state; all of them are in the list. */
const perColumn = 40

/** The same instances as in the queue, by where they stand. */
export function BoardTab({ queue, route }: { queue: Queue; route: TriageRoute }) {
  const { summary } = queue
  const { t } = useWords()
  if (summary.failure !== null || summary.error !== null)
    return <ListTrouble failure={summary.failure} error={summary.error} onRetry={summary.retry} />
  return (
    <>
      <div className={css['toolbar']}>
        <QueryInput route={route} />
      </div>
      <div className={css['board']}>
        {ownershipStates.map(state => (
          <section key={state} className={css['column']} aria-label={t(`governance:ownershipState.${state}`)}>
            <Column state={state} queue={queue} route={route} />
          </section>
        ))}
      </div>
    </>
  )
}

interface ColumnProps {
  readonly state: OwnershipState
  readonly queue: Queue
  readonly route: TriageRoute
}

function Column({ state, queue, route }: ColumnProps) {
  const { t } = useWords()
  const language = useLanguage()
  const { filter } = queue
  const page = useRead(
    'owner.queue',
    { ...filter, only: null, states: [state], sort: route.sort, limit: perColumn },
    { keepPrevious: true },
  )
  const total = page.data?.total
  const rows = page.data?.rows ?? []
  return (
    <>
      <header className={css['columnHead']}>
        <h2>
          <OwnershipMark state={state} />
        </h2>
        <span className={css['chipCount']}>{total === undefined ? '' : formatNumber(total, language)}</span>
      </header>
      {page.data === undefined ? <LoadingPanel lines={3} /> : null}
      <ul className={css['cards']}>
        {rows.map(row => (
          <li key={row.instance}>
            <Card row={row} />
          </li>
        ))}
      </ul>
      {total !== undefined && total > rows.length ? (
        <a
          className={css['more']}
          href={formatTriage({ ...route, tab: 'queue', only: null, states: [state] })}
        >
          {t('triage:board.more', { count: total - rows.length })}
        </a>
      ) : null}
    </>
  )
}

function Card({ row }: { row: TriageRow }) {
  const { t } = useWords()
  const basis = useBasis()
  const language = useLanguage()
  const { ownership } = row
  return (
    <article className={css['card']}>
      <div className={css['cardHead']}>
        <a href={formatRoute({ ...inventory, instance: row.instance, tab: 'ownership' })}>
          <Mono>{formatAddressPort(row.address, row.port)}</Mono>
        </a>
        <CardMenu row={row} />
      </div>
      {ownership.owner === null ? null : <div>{ownership.owner}</div>}
      <div className={css['cardLine']}>
        {[row.hostnames[0], basis(ownership)].filter(Boolean).join(' · ')}
      </div>
      <div className={css['cardLine']}>
        {row.isEscalated ? (
          <EscalatedMark word={t('triage:days', { count: row.ageDays })} />
        ) : (
          t('triage:days', { count: row.ageDays })
        )}
        {ownership.dueOn === null ? null : (
          <span className={css['reason']}>
            {row.isOverdue ? (
              <OverdueMark word={formatDate(ownership.dueOn, language)} />
            ) : (
              t('triage:dueOn', { date: formatDate(ownership.dueOn, language) })
            )}
          </span>
        )}
      </div>
    </article>
  )
}

function CardMenu({ row }: { row: TriageRow }) {
  const { t } = useWords()
  const own = useOwnInstance()
  const [isAssigning, setAssigning] = useState(false)
  const subject = formatAddressPort(row.address, row.port)
  return (
    <>
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <ActionIcon
            size="sm"
            variant="subtle"
            loading={own.isRunning}
            aria-label={t('triage:actionsOf', { subject })}
          >
            <IconDots size={15} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {actionsOf(row.ownership).map(action => (
            <Menu.Item
              key={action}
              onClick={() => (action === 'assign' ? setAssigning(true) : void own.move(row.instance, action))}
            >
              {t(`triage:action.${action}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {isAssigning ? (
        <AssignDialog
          subject={subject}
          ownerId={row.ownership.ownerId}
          isHandover={row.ownership.isOwned}
          isRunning={own.isRunning}
          onAssign={assignment =>
            void own.assign(row.instance, assignment).then(isDone => isDone && setAssigning(false))
          }
          onClose={() => setAssigning(false)}
        />
      ) : null}
    </>
  )
}
