import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { formatAddressPort } from '#shared/domain/address.ts'
import { actionsOf, type Ownership } from '#shared/domain/ownership.ts'
import type { OwnershipEvent } from '#shared/domain/triage.ts'
import { AssignDialog } from '../../actions/assign-dialog.tsx'
import { useOwnInstance } from '../../actions/own-instance.ts'
import { Fact, Facts, Section } from '../../components/facts.tsx'
import { OwnershipMark, useBasis } from '../../components/ownership-marks.tsx'
import { Table, type TableColumn } from '../../components/table.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { useRead } from '../../data/reads.ts'
import { formatDate } from '../../format/dates.ts'
import { useWords } from '../../i18n/use-words.ts'
import css from './instance.module.css'
import type { TabProps } from './tab-props.ts'

/** Who answers for it, duty by duty, why that is said, and how it came about. */
export function OwnershipTab({ instance }: TabProps) {
  const subject = formatAddressPort(instance.address, instance.port)
  return (
    <>
      {instance.ownerships.map(ownership => (
        <DutyPart key={ownership.duty} ownership={ownership} instance={instance.id} subject={subject} />
      ))}
      <Steps instance={instance.id} />
    </>
  )
}

interface DutyProps {
  readonly ownership: Ownership
  readonly instance: number
  readonly subject: string
}

function DutyPart({ ownership, instance, subject }: DutyProps) {
  const { t } = useWords()
  const basis = useBasis()
  const language = useLanguage()
  const own = useOwnInstance()
  const [isAssigning, setAssigning] = useState(false)
  const { duty, owner, state, origin, note, dueOn, sinceAt } = ownership
  return (
    <Section title={t(`triage:duty.${duty}`)} note={t(`triage:dutyNote.${duty}`)}>
      <Facts>
        <Fact name={t('triage:column.owner')}>
          {owner ?? <span className={css['muted']}>{t('triage:nobody')}</span>}
        </Fact>
        <Fact name={t('triage:column.state')}>
          <OwnershipMark state={state} />
          <span className={css['muted']}> {t(`triage:origin.${origin}`)}</span>
        </Fact>
        {ownership.reasons.length === 0 ? null : (
          <Fact name={t('triage:column.reason')}>{basis(ownership)}</Fact>
        )}
        {note === '' ? null : <Fact name={t('triage:assign.note')}>{note}</Fact>}
        {dueOn === null ? null : <Fact name={t('triage:column.due')}>{formatDate(dueOn, language)}</Fact>}
        {sinceAt === null ? null : (
          <Fact name={t('triage:since')}>
            <TimeAgo at={sinceAt} />
          </Fact>
        )}
      </Facts>
      <Group gap={8} mt={10}>
        {actionsOf(ownership).map(action => (
          <Button
            key={action}
            size="xs"
            variant={action === 'accept' ? 'filled' : 'default'}
            loading={own.isRunning}
            onClick={() => (action === 'assign' ? setAssigning(true) : void own.move(instance, action, duty))}
          >
            {action === 'assign' && ownership.isOwned
              ? t('triage:assign.doHandOver')
              : t(`triage:action.${action}`)}
          </Button>
        ))}
      </Group>
      {isAssigning ? (
        <AssignDialog
          subject={subject}
          duty={duty}
          ownerId={ownership.ownerId}
          isHandover={ownership.isOwned}
          isRunning={own.isRunning}
          onAssign={assignment =>
            void own.assign(instance, assignment).then(isDone => isDone && setAssigning(false))
          }
          onClose={() => setAssigning(false)}
        />
      ) : null}
    </Section>
  )
}

function Steps({ instance }: { instance: number }) {
  const { t } = useWords()
  const events = useRead('owner.history', { instance: String(instance) }).data ?? []
  const columns: TableColumn<OwnershipEvent>[] = [
    { id: 'at', head: t('triage:history.at'), cell: event => <TimeAgo at={event.at} /> },
    { id: 'actor', head: t('triage:history.by'), cell: event => event.actor },
    { id: 'step', head: t('triage:history.step'), cell: event => t(`triage:step.${event.step}`) },
    { id: 'duty', head: t('triage:assign.duty'), cell: event => t(`triage:duty.${event.duty}`) },
    { id: 'owner', head: t('triage:column.owner'), cell: event => event.owner ?? '–' },
    { id: 'note', head: t('triage:assign.note'), wraps: true, cell: event => event.note || '–' },
  ]
  return (
    <Section title={t('triage:history.title')}>
      {events.length === 0 ? (
        <p className={css['muted']}>{t('triage:history.none')}</p>
      ) : (
        <Table
          label={t('triage:history.title')}
          isInset
          columns={columns}
          rows={events}
          rowKey={event => `${event.at} ${event.duty} ${event.step} ${event.owner}`}
        />
      )}
    </Section>
  )
}
