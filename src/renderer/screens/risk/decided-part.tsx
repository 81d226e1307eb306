import { SegmentedControl } from '@mantine/core'
import { IconGavel } from '@tabler/icons-react'
import { useState } from 'react'
import { formatAddressPort } from '#shared/domain/address.ts'
import type { ListedOverride } from '#shared/domain/risk.ts'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { Unknown } from '../../components/marks.tsx'
import { Mono } from '../../components/mono.tsx'
import { EmptyPanel, LoadingPanel } from '../../components/state-panel.tsx'
import { Table } from '../../components/table.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { useRead } from '../../data/reads.ts'
import { formatDate } from '../../format/dates.ts'
import { useWords } from '../../i18n/use-words.ts'
import { formatRoute, inventory } from '../../state/route.ts'
import css from './risk.module.css'

const parts = ['inForce', 'over'] as const
type Part = (typeof parts)[number]

const within = (all: readonly ListedOverride[], part: Part) =>
  all.filter(({ endedAt }) => (endedAt === null) === (part === 'inForce'))

/** Scores that people decided, in force and over. */
export function DecidedPart() {
  const { t } = useWords()
  const read = useRead('risk.overrides', {}, { keepPrevious: true })
  const [part, setPart] = useState<Part>('inForce')
  if (read.failure !== null || read.error !== null)
    return <FailurePanel failure={read.failure} error={read.error} onRetry={read.retry} />
  if (read.data === undefined) return <LoadingPanel />
  const all = read.data
  if (all.length === 0)
    return <EmptyPanel icon={IconGavel} title={t('risk:decided.none')} text={t('risk:decided.noneText')} />
  const shown = within(all, part)
  return (
    <>
      <p className={css['sub']}>{t('risk:decided.sub')}</p>
      <SegmentedControl
        className={css['parts'] ?? ''}
        aria-label={t('risk:decided.parts')}
        value={part}
        onChange={value => setPart(value === 'over' ? 'over' : 'inForce')}
        data={parts.map(each => ({
          value: each,
          label: `${t(`risk:decided.part.${each}`)} ${within(all, each).length}`,
        }))}
      />
      {shown.length === 0 ? (
        <p className={css['empty']}>{t(part === 'over' ? 'risk:decided.noneOver' : 'risk:decided.none')}</p>
      ) : (
        <Decisions decisions={shown} part={part} />
      )}
    </>
  )
}

function Decisions({ decisions, part }: { decisions: readonly ListedOverride[]; part: Part }) {
  const { t } = useWords()
  const language = useLanguage()
  return (
    <Table<ListedOverride>
      label={t('risk:decided.title')}
      rows={decisions}
      rowKey={({ id }) => String(id)}
      link={({ instanceId }) => formatRoute({ ...inventory, instance: instanceId, tab: 'risk' })}
      columns={[
        {
          id: 'instance',
          head: t('risk:decided.instance'),
          cell: ({ address, port }) => <Mono>{formatAddressPort(address, port)}</Mono>,
        },
        { id: 'site', head: t('risk:decided.site'), cell: ({ site }) => site },
        {
          id: 'byFacts',
          head: t('risk:decided.byFacts'),
          alignEnd: true,
          cell: ({ byFacts }) => byFacts ?? <Unknown />,
        },
        {
          id: 'score',
          head: t('risk:decided.score'),
          alignEnd: true,
          cell: ({ score }) => <strong>{score}</strong>,
        },
        { id: 'reason', head: t('risk:decided.reason'), wraps: true, cell: ({ reason }) => reason },
        { id: 'by', head: t('risk:decided.by'), cell: ({ by }) => by },
        { id: 'at', head: t('risk:decided.at'), cell: ({ at }) => <TimeAgo at={at} /> },
        {
          id: 'until',
          head: t('risk:decided.until'),
          cell: ({ expiresOn }) => formatDate(expiresOn, language),
        },
        ...(part === 'inForce'
          ? []
          : [
              {
                id: 'state',
                head: t('risk:decided.state'),
                cell: ({ endReason }: ListedOverride) => t(`risk:decided.is.${endReason ?? 'inForce'}`),
              },
            ]),
      ]}
    />
  )
}
