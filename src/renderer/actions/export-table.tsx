import { Button, Menu } from '@mantine/core'
import { IconChevronDown, IconDownload } from '@tabler/icons-react'
import type { ExportFormat, ExportRequest, ExportTable } from '#shared/domain/export.ts'
import { useParts } from '../data/parts.tsx'
import { useCommand } from '../data/reads.ts'
import { useWords } from '../i18n/use-words.ts'
import { sayDone, useSayFailed } from './say.ts'

/** A way to write the same rows. `csv-excel`: with what German spreadsheets expect. */
type Choice = ExportFormat | 'csv-excel'

const settings: Readonly<Record<Choice, Pick<ExportRequest, 'format'> & Partial<ExportRequest>>> = {
  csv: { format: 'csv' },
  'csv-excel': { format: 'csv', bom: true, delimiter: ';' },
  xlsx: { format: 'xlsx' },
  json: { format: 'json' },
  cyclonedx: { format: 'cyclonedx' },
}

export interface ExportTableProps {
  readonly table: ExportTable
  /** What the table on show is narrowed by. */
  readonly query?: string
}

/** Takes the table on show out into a file, as it is narrowed now. */
export function ExportTableButton({ table, query = '' }: ExportTableProps) {
  const { t } = useWords()
  const { isRunning, write } = useExport(table, query)
  const choices = Object.keys(settings).filter(
    choice => choice !== 'cyclonedx' || table === 'instances',
  ) as Choice[]
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          loading={isRunning}
          leftSection={<IconDownload size={15} aria-hidden />}
          rightSection={<IconChevronDown size={14} aria-hidden />}
        >
          {t('exchange:button.export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {choices.map(choice => (
          <Menu.Item key={choice} onClick={() => void write(choice)}>
            {t(`exchange:fileKind.${choice}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

function useExport(table: ExportTable, query: string) {
  const { t } = useWords()
  const { client } = useParts()
  const command = useCommand('export.write')
  const sayFailed = useSayFailed()
  const write = async (choice: Choice) => {
    const { format } = settings[choice]
    const extension = format === 'cyclonedx' ? 'json' : format
    const name = format === 'cyclonedx' ? 'paddock-ml-bom.cdx.json' : `paddock-${table}.${extension}`
    const file = await client.choosePath(name)
    if (file === null) return
    const done = await command.run({ ...settings[choice], table, query, file })
    if (done.ok) sayDone(t('exchange:button.exported', { count: done.value.rows, file }))
    else sayFailed(done.failure)
  }
  return { isRunning: command.isRunning, write }
}
