import { ActionIcon, Tooltip } from '@mantine/core'
import { IconDownload, IconExternalLink } from '@tabler/icons-react'
import type { Report } from '#shared/domain/report.ts'
import { sayDone } from '../../actions/say.ts'
import { Mono } from '../../components/mono.tsx'
import { Table } from '../../components/table.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { useParts } from '../../data/parts.tsx'
import { formatBytes } from '../../format/numbers.ts'
import { useWords } from '../../i18n/use-words.ts'
import css from './reports.module.css'

/** Every kept report, the newest first. */
export function ReportTable({ reports }: { reports: readonly Report[] }) {
  const { t } = useWords()
  const language = useLanguage()
  const bytes = ({ files }: Report) => files.reduce((sum, file) => sum + file.bytes, 0)
  return (
    <Table<Report>
      label={t('screen.reports')}
      rows={reports}
      rowKey={({ id }) => String(id)}
      columns={[
        { id: 'id', head: t('reports:console.number'), cell: ({ id }) => id },
        {
          id: 'kind',
          head: t('reports:meta.report'),
          width: '100%',
          cell: ({ request }) => <span className={css['title']}>{t(`reports:kind.${request.kind}`)}</span>,
        },
        {
          id: 'framework',
          head: t('reports:column.framework'),
          cell: ({ request }) => request.framework ?? '–',
        },
        {
          id: 'format',
          head: t('reports:cli.format'),
          cell: ({ request }) => `${request.format.toUpperCase()} · ${request.language}`,
        },
        {
          id: 'files',
          head: t('reports:console.size'),
          alignEnd: true,
          cell: report => formatBytes(bytes(report), language),
        },
        { id: 'asOf', head: t('reports:meta.asOf'), cell: ({ asOf }) => <TimeAgo at={asOf} /> },
        {
          id: 'by',
          head: t('reports:cli.by'),
          cell: ({ createdBy, createdAt }) => (
            <>
              {createdBy}, <TimeAgo at={createdAt} />
            </>
          ),
        },
        {
          id: 'digest',
          head: 'SHA-256',
          cell: ({ files }) => <Mono muted>{(files[0]?.sha256 ?? '').slice(0, 12)}</Mono>,
        },
        { id: 'actions', head: '', cell: report => <Actions report={report} /> },
      ]}
    />
  )
}

function Actions({ report }: { report: Report }) {
  const { t } = useWords()
  const { client } = useParts()
  const name = report.files.find(({ role }) => role === 'report')?.name ?? ''
  const open = async () => {
    const shown = await client.openReport(`${report.folder}/${name}`)
    if (!shown) sayDone(t('reports:console.noProgram'))
  }
  const save = async () => {
    const to = await client.choosePath(name)
    if (to === null) return
    const saved = await client.call('report.save', { id: report.id, to })
    if (saved.ok) sayDone(t('reports:console.saved', { count: saved.value.files.length }))
    else sayDone(t('reports:console.notSaved', { file: to }))
  }
  const buttons = [
    [t('reports:console.open'), IconExternalLink, open],
    [t('reports:console.save'), IconDownload, save],
  ] as const
  return (
    <span className={css['actions']}>
      {buttons.map(([label, Shape, act]) => (
        <Tooltip key={label} label={label}>
          <ActionIcon variant="default" aria-label={`${label}: ${report.id}`} onClick={() => void act()}>
            <Shape size={15} aria-hidden />
          </ActionIcon>
        </Tooltip>
      ))}
    </span>
  )
}
