import type { AllowedRequest } from '#shared/domain/allow-list.ts'
import { Mono } from '../../components/mono.tsx'
import { Table, type TableColumn } from '../../components/table.tsx'
import { useRead } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'
import { Asked, Part } from './part.tsx'

/** What Paddock ever sends: this list and nothing else. */
export function AllowListPart() {
  const { t } = useWords()
  const read = useRead('allow-list.show', {})
  const columns = useRequestColumns()
  return (
    <Part title={t('settings.allowList')} note={t('settings.allowListNote')} isWide>
      <Asked read={read}>
        {requests => (
          <Table
            label={t('settings.allowList')}
            isInset
            rows={requests}
            rowKey={({ kind }) => kind}
            columns={columns}
          />
        )}
      </Asked>
    </Part>
  )
}

function useRequestColumns(): TableColumn<AllowedRequest>[] {
  const { t } = useWords()
  return [
    {
      id: 'kind',
      head: t('settings.request.question'),
      wraps: true,
      cell: ({ kind }) => t(`terms:probe.${kind}`),
    },
    { id: 'method', head: t('settings.request.method'), cell: ({ method }) => <Mono>{method}</Mono> },
    { id: 'path', head: t('settings.request.path'), cell: ({ path }) => <Mono>{path}</Mono> },
    {
      id: 'with',
      head: t('settings.request.with'),
      wraps: true,
      cell: ({ header, body }) => <Mono muted>{header ?? body ?? '–'}</Mono>,
    },
    {
      id: 'stage',
      head: t('settings.request.asked'),
      wraps: true,
      cell: ({ stage }) => t(`settings.stage.${stage}`),
    },
  ]
}
