import type { ImportResult } from '#shared/domain/import.ts'
import { Table } from '../../components/table.tsx'
import { useWords } from '../../i18n/use-words.ts'
import css from './imports.module.css'

const shown = [
  'address',
  'port',
  'service',
  'block',
  'site',
  'zone',
  'contact',
  'instance',
  'tags',
  'name',
  'email',
  'unit',
] as const

interface Numbered {
  readonly index: number
  readonly row: ImportResult['sample'][number]
}

/** The first entries as they were understood. */
export function SampleTable({ sample }: Pick<ImportResult, 'sample'>) {
  const { t } = useWords()
  const fields = shown.filter(field => sample.some(row => row[field] !== undefined && row[field] !== ''))
  const rows: readonly Numbered[] = sample.slice(0, 5).map((row, index) => ({ row, index }))
  return (
    <Table<Numbered>
      isInset
      label={t('exchange:screen.sample')}
      rows={rows}
      rowKey={({ index }) => String(index)}
      columns={fields.map(field => ({
        id: field,
        head: t(`exchange:field.${field}`),
        cell: ({ row }) => <span className={css['clip']}>{row[field] ?? ''}</span>,
      }))}
    />
  )
}
