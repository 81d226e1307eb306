import { Select, TextInput, Tooltip } from '@mantine/core'
import { useEffect, useState } from 'react'
import { type OwnershipState, ownershipStates } from '#shared/domain/ownership.ts'
import { parseQuery } from '#shared/query/parse.ts'
import { NewsButton } from '../../components/news-button.tsx'
import { useDebounced } from '../../components/use-debounced.ts'
import { useLanguage } from '../../components/use-language.ts'
import { useParts } from '../../data/parts.tsx'
import { formatNumber } from '../../format/numbers.ts'
import { useWords } from '../../i18n/use-words.ts'
import { type TriageRoute, triageSorts } from '../../state/triage-route.ts'
import { BulkMenu } from './bulk-menu.tsx'
import css from './triage.module.css'
import type { Queue } from './use-queue.ts'

/** What narrows the queue, and what can be done with all of it. */
export function QueueToolbar({ queue, route }: { queue: Queue; route: TriageRoute }) {
  const { t } = useWords()
  const { navigation } = useParts()
  return (
    <div className={css['toolbar']}>
      <StateChips queue={queue} route={route} />
      <QueryInput route={route} />
      <div className={css['end']}>
        {queue.isOutdated ? <NewsButton onShow={queue.refresh}>{t('triage:changed')}</NewsButton> : null}
        <Select
          className={css['sort'] ?? ''}
          size="xs"
          aria-label={t('triage:sort.label')}
          data={triageSorts.map(value => ({ value, label: t(`triage:sort.${value}`) }))}
          value={route.sort}
          allowDeselect={false}
          onChange={value =>
            navigation.replace({ ...route, sort: triageSorts.find(sort => sort === value) ?? 'age' })
          }
        />
        <BulkMenu queue={queue} route={route} />
      </div>
    </div>
  )
}

/** One state or several; none pressed: all. */
export function StateChips({ queue, route }: { queue: Queue; route: TriageRoute }) {
  const { t } = useWords()
  const { navigation } = useParts()
  const { data } = queue.summary
  const toggle = (state: OwnershipState) => {
    const states = route.states.includes(state)
      ? route.states.filter(each => each !== state)
      : ownershipStates.filter(each => each === state || route.states.includes(each))
    navigation.replace({ ...route, states, only: null })
  }
  const only = (value: 'escalated' | 'overdue') =>
    navigation.replace({ ...route, only: route.only === value ? null : value, states: [] })
  return (
    <fieldset className={css['chips']} aria-label={t('triage:filter')}>
      {ownershipStates.map(state => (
        <Chip
          key={state}
          word={t(`governance:ownershipState.${state}`)}
          count={data?.counts[state]}
          isOn={route.states.includes(state)}
          onClick={() => toggle(state)}
        />
      ))}
      <Chip
        word={t('triage:escalated')}
        why={
          data?.escalateAfterDays == null
            ? t('triage:escalatedNever')
            : t('triage:escalatedAfter', { count: data.escalateAfterDays })
        }
        count={data?.escalated}
        isOn={route.only === 'escalated'}
        onClick={() => only('escalated')}
      />
      <Chip
        word={t('triage:overdue')}
        count={data?.overdue}
        isOn={route.only === 'overdue'}
        onClick={() => only('overdue')}
      />
    </fieldset>
  )
}

interface ChipProps {
  readonly word: string
  readonly why?: string
  readonly count: number | undefined
  readonly isOn: boolean
  readonly onClick: () => void
}

function Chip({ word, why, count, isOn, onClick }: ChipProps) {
  const language = useLanguage()
  return (
    <Tooltip label={why} disabled={why === undefined} multiline w={320}>
      <button type="button" className={css['chip']} aria-pressed={isOn} onClick={onClick}>
        {word}
        <span className={css['chipCount']}>{count === undefined ? '' : formatNumber(count, language)}</span>
      </button>
    </Tooltip>
  )
}

export function QueryInput({ route }: { route: TriageRoute }) {
  const { t } = useWords()
  const { navigation } = useParts()
  const [written, setWritten] = useState(route.query)
  const settled = useDebounced(written, 250)
  const isReadable = parseQuery(written).ok
  useEffect(() => setWritten(route.query), [route.query])
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was written leads somewhere
  useEffect(() => {
    const now = navigation.store.getState()
    if (now.screen === 'triage' && now.query !== settled && parseQuery(settled).ok)
      navigation.replace({ ...now, query: settled })
  }, [settled])
  return (
    <TextInput
      id="triage-query"
      className={css['query'] ?? ''}
      size="xs"
      aria-label={t('triage:query')}
      placeholder={t('triage:queryHint')}
      value={written}
      error={!isReadable}
      onChange={event => setWritten(event.currentTarget.value)}
    />
  )
}
