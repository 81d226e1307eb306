import { formatAddressPort } from '#shared/domain/address.ts'
import type { SpellRow } from '#shared/domain/instance.ts'
import { Section } from '../../components/facts.tsx'
import { Unknown } from '../../components/marks.tsx'
import { Mono } from '../../components/mono.tsx'
import { Table, type TableColumn } from '../../components/table.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { useWords } from '../../i18n/use-words.ts'
import type { TabProps } from './tab-props.ts'

/** How it looked over time: a line for each stretch in which nothing changed. */
export function HistoryTab({ instance }: TabProps) {
  const { t } = useWords()
  const columns = useSpellColumns()
  return instance.endpoints.map(({ id, address, port, spells }) => (
    <Section key={id} title={formatAddressPort(address, port)} note={t('history.note')}>
      <Table
        label={t('instance.tab.history')}
        columns={columns}
        rows={[...spells].sort((a, b) => (a.firstAt < b.firstAt ? 1 : -1))}
        rowKey={spell => spell.firstAt}
        isInset
      />
    </Section>
  ))
}

function useSpellColumns(): TableColumn<SpellRow>[] {
  const { t } = useWords()
  return [
    { id: 'from', head: t('history.from'), cell: ({ firstAt }) => <TimeAgo at={firstAt} /> },
    { id: 'to', head: t('history.to'), cell: ({ lastAt }) => <TimeAgo at={lastAt} /> },
    { id: 'scans', head: t('history.scans'), alignEnd: true, cell: ({ scanCount }) => scanCount },
    { id: 'outcome', head: t('history.outcome'), cell: ({ outcome }) => t(`terms:outcome.${outcome}`) },
    {
      id: 'version',
      head: t('inventory.column.version'),
      cell: ({ version }) => (version === null ? <Unknown /> : <Mono>{version}</Mono>),
    },
    {
      id: 'models',
      head: t('inventory.column.models'),
      alignEnd: true,
      cell: ({ modelCount }) => modelCount ?? <Unknown />,
    },
  ]
}
