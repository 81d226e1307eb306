import { Button, TextInput } from '@mantine/core'
import { IconArrowBackUp, IconArrowMerge, IconArrowsSplit } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { formatAddressPort } from '#shared/domain/address.ts'
import type { IdentityChange, InstanceAnnotations } from '#shared/domain/identity.ts'
import type { EndpointDetail, InstanceDetail } from '#shared/domain/instance.ts'
import type { Failure, Result } from '#shared/result.ts'
import { Section } from '../../components/facts.tsx'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { Mono } from '../../components/mono.tsx'
import { LoadingPanel } from '../../components/state-panel.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { useRead } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'
import { formatRoute, inventory } from '../../state/route.ts'
import css from './identity.module.css'
import { ProposalList } from './proposal-list.tsx'
import type { TabProps } from './tab-props.ts'
import { useIdentityActions } from './use-identity-actions.ts'

/** Who it is taken to be: open questions, its ways in, what was joined and parted, and how to change that. */
export function IdentityTab({ instance }: TabProps) {
  const { t } = useWords()
  const read = useRead('instance.annotations', { instance: String(instance.id) }, { keepPrevious: true })
  if (read.failure !== null || read.error !== null)
    return <FailurePanel failure={read.failure} error={read.error} onRetry={read.retry} />
  if (read.data === undefined) return <LoadingPanel />
  const { proposals, changes } = read.data
  return (
    <>
      <Section title={t('identity:tab.proposals')} note={t('identity:tab.proposalsNote')}>
        {proposals.length === 0 ? (
          <p className={css['muted']}>{t('identity:none')}</p>
        ) : (
          <ProposalList proposals={proposals} about={instance.id} />
        )}
      </Section>
      <Places instance={instance} />
      <MergeForm instance={instance} />
      <Changes annotations={read.data} changes={changes} />
    </>
  )
}

/** Each way in can be said to be a server of its own. */
function Places({ instance }: { instance: InstanceDetail }) {
  const { t } = useWords()
  const { endpoints } = instance
  return (
    <Section
      title={t('identity:tab.places')}
      note={t(endpoints.length > 1 ? 'identity:tab.placesNote' : 'identity:tab.onePlace')}
    >
      <ul className={css['list']}>
        {endpoints.map(endpoint => (
          <Place key={endpoint.id} instance={instance} endpoint={endpoint} canSplit={endpoints.length > 1} />
        ))}
      </ul>
    </Section>
  )
}

interface PlaceProps {
  readonly instance: InstanceDetail
  readonly endpoint: EndpointDetail
  readonly canSplit: boolean
}

function Place({ instance, endpoint, canSplit }: PlaceProps) {
  const { t } = useWords()
  const { split, isRunning } = useIdentityActions()
  const { address, port, scheme, basePath, linkReason } = endpoint
  const url = `${scheme}://${formatAddressPort(address, port)}${basePath}`
  return (
    <li className={css['item']}>
      <div>
        <Mono>{url}</Mono>
        <div className={css['muted']}>{t(`terms:linkReason.${linkReason}`)}</div>
      </div>
      {canSplit ? (
        <Button
          size="xs"
          variant="default"
          disabled={isRunning}
          leftSection={<IconArrowsSplit size={14} aria-hidden />}
          onClick={() => void split(String(instance.id), url)}
        >
          {t('identity:tab.split')}
        </Button>
      ) : null}
    </li>
  )
}

function MergeForm({ instance }: { instance: InstanceDetail }) {
  const { t } = useWords()
  const { merge, isRunning } = useIdentityActions()
  const [other, setOther] = useState('')
  const [failure, setFailure] = useState<Failure | null>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const done: Result<InstanceAnnotations> = await merge(String(instance.id), other.trim())
    setFailure(done.ok ? null : done.failure)
    if (done.ok) setOther('')
  }
  return (
    <Section title={t('identity:tab.merge')} note={t('identity:tab.mergeNote')}>
      <form className={css['form']} onSubmit={event => void submit(event)}>
        <TextInput
          className={css['grow'] ?? ''}
          aria-label={t('identity:tab.other')}
          placeholder="10.0.0.1:11434"
          spellCheck={false}
          value={other}
          onChange={event => setOther(event.currentTarget.value)}
        />
        <Button
          type="submit"
          variant="default"
          loading={isRunning}
          disabled={other.trim() === ''}
          leftSection={<IconArrowMerge size={15} aria-hidden />}
        >
          {t('identity:tab.mergeAction')}
        </Button>
      </form>
      {failure === null ? null : <FailurePanel failure={failure} />}
    </Section>
  )
}

interface ChangesProps {
  readonly annotations: InstanceAnnotations
  readonly changes: readonly IdentityChange[]
}

/** What was joined and parted, newest first; the last can be taken back. */
function Changes({ annotations, changes }: ChangesProps) {
  const { t } = useWords()
  const { undo, isRunning } = useIdentityActions()
  const last = changes.find(({ undone }) => !undone)
  if (changes.length === 0) return null
  return (
    <Section title={t('identity:tab.changes')}>
      <ul className={css['list']}>
        {changes.map(change => (
          <li key={`${change.at} ${change.from} ${change.to}`} className={css['item']}>
            <div>
              <Way change={change} />
              <div className={css['muted']}>
                <TimeAgo at={change.at} /> ·{' '}
                {change.actor === null
                  ? t('identity:tab.byScan')
                  : t('history:timeline.by', { actor: change.actor })}
                {change.undone ? ` · ${t('identity:tab.undone')}` : ''}
              </div>
            </div>
            {change === last ? (
              <Button
                size="xs"
                variant="default"
                disabled={isRunning}
                leftSection={<IconArrowBackUp size={14} aria-hidden />}
                onClick={() => void undo(String(annotations.instance))}
              >
                {t('identity:tab.undo')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Way({ change: { kind, from, to, undone } }: { change: IdentityChange }) {
  const { t } = useWords()
  const link = (id: number) => <a href={formatRoute({ ...inventory, instance: id, tab: 'identity' })}>{id}</a>
  return (
    <span className={undone ? css['undone'] : undefined}>
      {t(`identity:tab.kind.${kind}`)} {link(from)} → {link(to)}
    </span>
  )
}
