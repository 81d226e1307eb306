import { Button, Checkbox, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { ProposedRange } from '#shared/domain/import.ts'
import type { ProposalId } from '#shared/ids.ts'
import type { Failure } from '#shared/result.ts'
import { sayDone } from '../../actions/say.ts'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { Unknown } from '../../components/marks.tsx'
import { Mono } from '../../components/mono.tsx'
import { Table, type TableColumn } from '../../components/table.tsx'
import { useCommand, useRead } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'
import css from './imports.module.css'

/** Ranges that files name. None is scanned before a person says who allows it. */
export function Proposals() {
  const read = useRead('range.proposals', {})
  const proposals = read.data ?? []
  return proposals.length === 0 ? null : <ProposalTable proposals={proposals} />
}

function ProposalTable({ proposals }: { proposals: readonly ProposedRange[] }) {
  const { t } = useWords()
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set())
  const columns = useColumns(proposals, chosen, setChosen)
  const ids = proposals.filter(({ id }) => chosen.has(id)).map(({ id }) => id)
  return (
    <section className={css['part']}>
      <h2 className={css['title']}>{t('exchange:screen.proposals', { count: proposals.length })}</h2>
      <p className={css['muted']}>{t('exchange:screen.proposalsText')}</p>
      <Table
        label={t('exchange:screen.proposals', { count: proposals.length })}
        columns={columns}
        rows={proposals}
        rowKey={({ id }) => String(id)}
      />
      {ids.length === 0 ? null : <Decide ids={ids} proposals={proposals} />}
    </section>
  )
}

function useColumns(
  all: readonly ProposedRange[],
  chosen: ReadonlySet<number>,
  choose: (chosen: ReadonlySet<number>) => void,
): TableColumn<ProposedRange>[] {
  const { t } = useWords()
  const isAll = all.every(({ id }) => chosen.has(id))
  const toggle = (id: number) => {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    choose(next)
  }
  return [
    {
      id: 'chosen',
      width: '36px',
      head: (
        <Checkbox
          size="xs"
          aria-label={t('exchange:screen.chooseAll')}
          checked={isAll}
          indeterminate={!isAll && chosen.size > 0}
          onChange={() => choose(new Set(isAll ? [] : all.map(({ id }) => id)))}
        />
      ),
      cell: ({ id, block }) => (
        <Checkbox size="xs" aria-label={block} checked={chosen.has(id)} onChange={() => toggle(id)} />
      ),
    },
    { id: 'block', head: t('exchange:column.block'), cell: ({ block }) => <Mono>{block}</Mono> },
    { id: 'site', head: t('exchange:column.site'), cell: ({ site }) => site },
    {
      id: 'zone',
      head: t('exchange:column.zone'),
      cell: proposal =>
        proposal.public ? (
          t('terms:zone.public')
        ) : proposal.zone === null ? (
          <Unknown />
        ) : (
          t(`terms:zone.${proposal.zone as 'client'}`)
        ),
    },
    {
      id: 'contact',
      head: t('exchange:column.contact'),
      cell: ({ contact }) => <span className={css['clip']}>{contact}</span>,
    },
    {
      id: 'note',
      head: t('exchange:column.note'),
      cell: ({ note }) => <span className={css['clip']}>{note}</span>,
    },
    {
      id: 'file',
      head: t('exchange:column.file'),
      cell: ({ file }) => <span className={css['clip']}>{file}</span>,
    },
  ]
}

function Decide({ ids, proposals }: { ids: ProposalId[]; proposals: readonly ProposedRange[] }) {
  const { t } = useWords()
  const authorise = useCommand('range.authorise')
  const dismiss = useCommand('range.dismiss')
  const [authorisedBy, setBy] = useState('')
  const [reference, setReference] = useState('')
  const [confirmPublic, setConfirmed] = useState(false)
  const [refusal, setRefusal] = useState<Failure | null>(null)
  const isPublic = proposals.some(each => each.public && ids.includes(each.id))
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const done = await authorise.run({ ids, authorisedBy, reference, confirmPublic })
    setRefusal(done.ok ? null : done.failure)
    if (done.ok) sayDone(t('exchange:proposal.authorised', { count: done.value.length }))
  }
  const refuse = async () => {
    const done = await dismiss.run({ ids })
    setRefusal(done.ok ? null : done.failure)
    if (done.ok) sayDone(t('exchange:proposal.dismissed', { count: done.value.dismissed }))
  }
  return (
    <form className={css['decide']} onSubmit={event => void submit(event)}>
      {refusal === null ? null : <FailurePanel failure={refusal} />}
      <div className={css['row']}>
        <TextInput
          label={t('ranges.authorisedBy')}
          value={authorisedBy}
          onChange={event => setBy(event.currentTarget.value)}
        />
        <TextInput
          label={t('ranges.reference')}
          placeholder="CHG-20817"
          value={reference}
          onChange={event => setReference(event.currentTarget.value)}
        />
        <Button type="submit" loading={authorise.isRunning}>
          {t('exchange:screen.authorise', { count: ids.length })}
        </Button>
        <Button variant="default" loading={dismiss.isRunning} onClick={() => void refuse()}>
          {t('exchange:screen.dismiss')}
        </Button>
      </div>
      {isPublic ? (
        <Checkbox
          label={t('exchange:screen.confirmPublic')}
          checked={confirmPublic}
          onChange={event => setConfirmed(event.currentTarget.checked)}
        />
      ) : null}
    </form>
  )
}
