import { IconAlertTriangle, IconArrowBackUp, IconCircleCheck, IconLoader } from '@tabler/icons-react'
import type { Import } from '#shared/domain/import.ts'
import { StatusMark } from '../../components/status-mark.tsx'
import { Table, type TableColumn } from '../../components/table.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { formatNumber } from '../../format/numbers.ts'
import { useWords } from '../../i18n/use-words.ts'
import { imports as importsRoute } from '../../state/imports-route.ts'
import { formatRoute } from '../../state/route.ts'
import css from './imports.module.css'

/** Every import, newest first. */
export function ImportTable({ imports, selected }: { imports: readonly Import[]; selected: number | null }) {
  const { t } = useWords()
  return (
    <section className={css['part']}>
      <h2 className={css['title']}>{t('exchange:screen.files')}</h2>
      <Table
        label={t('screen.imports')}
        columns={useColumns()}
        rows={imports}
        rowKey={({ id }) => String(id)}
        selectedKey={selected === null ? null : String(selected)}
        link={({ id }) => formatRoute({ ...importsRoute, import: id })}
      />
    </section>
  )
}

function useColumns(): TableColumn<Import>[] {
  const { t } = useWords()
  const language = useLanguage()
  const counts = (['read', 'stored', 'rejectedCount'] as const).map(name => ({
    id: name,
    head: t(`exchange:column.${name}`),
    alignEnd: true,
    cell: (each: Import) => formatNumber(each[name], language),
  }))
  return [
    {
      id: 'file',
      head: t('exchange:column.file'),
      cell: ({ file }) => <span className={css['clip']}>{file}</span>,
    },
    { id: 'format', head: t('exchange:column.format'), cell: ({ format }) => t(`exchange:format.${format}`) },
    { id: 'state', head: t('exchange:column.state'), cell: ({ state }) => <StateMark state={state} /> },
    ...counts,
    { id: 'at', head: t('exchange:column.at'), cell: ({ at }) => <TimeAgo at={at} /> },
    { id: 'actor', head: t('exchange:column.actor'), cell: ({ actor }) => actor },
  ]
}

const marks = {
  running: { icon: IconLoader, tone: 'info' },
  done: { icon: IconCircleCheck, tone: 'ok' },
  broken: { icon: IconAlertTriangle, tone: 'attention' },
  undone: { icon: IconArrowBackUp, tone: 'muted' },
} as const

export function StateMark({ state }: Pick<Import, 'state'>) {
  const { t } = useWords()
  return <StatusMark {...marks[state]} word={t(`exchange:state.${state}`)} />
}
