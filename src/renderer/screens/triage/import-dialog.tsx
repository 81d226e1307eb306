import { Button, FileInput, Group, Modal, Select } from '@mantine/core'
import { IconFileSpreadsheet } from '@tabler/icons-react'
import { useState } from 'react'
import {
  type OwnerImport,
  type OwnerInput,
  type OwnerMapping,
  ownerFields,
  type Reject,
} from '#shared/domain/owner.ts'
import type { Failure } from '#shared/result.ts'
import { sayDone } from '../../actions/say.ts'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { Mono } from '../../components/mono.tsx'
import { Notice } from '../../components/notice.tsx'
import { Table, type TableColumn } from '../../components/table.tsx'
import { useCommand, useRead } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'
import css from './triage.module.css'

interface Chosen {
  readonly file: string
  readonly csv: string
}

/** Owners from a CSV file: what would happen is shown before it does. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const { t } = useWords()
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [mapping, setMapping] = useState<OwnerMapping>({})
  const [refusal, setRefusal] = useState<Failure | null>(null)
  const request = { file: chosen?.file ?? '', csv: chosen?.csv ?? '', mapping }
  const preview = useRead('owner.preview', request, { enabled: chosen !== null, keepPrevious: true })
  const command = useCommand('owner.import')
  const choose = async (file: File | null) => {
    setMapping({})
    setChosen(file === null ? null : { file: file.name, csv: await readCsv(file) })
  }
  const run = async () => {
    const done = await command.run(request)
    setRefusal(done.ok ? null : done.failure)
    if (!done.ok) return
    const { added, changed } = done.value
    sayDone(t('triage:import.done', { added, changed }))
    onClose()
  }
  const data = chosen === null ? undefined : preview.data
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('triage:import.title')}
      size={860}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <div className={css['form']}>
        <FileInput
          label={t('triage:import.choose')}
          description={t('triage:import.chooseHint')}
          accept=".csv,.txt,text/csv"
          leftSection={<IconFileSpreadsheet size={15} aria-hidden />}
          placeholder={t('triage:import.noFile')}
          onChange={file => void choose(file)}
        />
        {refusal === null ? null : <FailurePanel failure={refusal} />}
        {preview.failure === null ? null : <FailurePanel failure={preview.failure} />}
        {data === undefined ? null : <Preview data={data} mapping={mapping} onMapping={setMapping} />}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button
            disabled={data === undefined || data.added + data.changed === 0}
            loading={command.isRunning}
            onClick={() => void run()}
          >
            {t('triage:import.run', { count: (data?.added ?? 0) + (data?.changed ?? 0) })}
          </Button>
        </Group>
      </div>
    </Modal>
  )
}

interface PreviewProps {
  readonly data: OwnerImport
  readonly mapping: OwnerMapping
  readonly onMapping: (mapping: OwnerMapping) => void
}

function Preview({ data, mapping, onMapping }: PreviewProps) {
  const { t } = useWords()
  const { added, changed, unchanged, rejected, lines } = data
  const rejects: TableColumn<Reject>[] = [
    { id: 'line', head: t('triage:import.line'), alignEnd: true, cell: each => each.line },
    { id: 'reason', head: t('triage:column.reason'), cell: each => t(`governance:reject.${each.reason}`) },
    { id: 'text', head: t('triage:import.text'), wraps: true, cell: each => <Mono>{each.text}</Mono> },
  ]
  const samples: TableColumn<OwnerInput & { readonly index: number }>[] = ownerFields.map(field => ({
    id: field,
    head: t(`triage:owners.${field}`),
    cell: owner => (field === 'kind' ? t(`governance:ownerKind.${owner.kind}`) : (owner[field] ?? '–')),
  }))
  return (
    <>
      <Notice tone={rejected.length > 0 ? 'attention' : 'info'}>
        {t('triage:import.preview', { count: lines, added, changed, unchanged, rejected: rejected.length })}
      </Notice>
      <div className={css['mapping']}>
        {ownerFields.map(field => (
          <Select
            key={field}
            label={t(`triage:owners.${field}`)}
            placeholder={t('triage:import.noColumn')}
            data={[...new Set(data.columns)]}
            value={mapping[field] ?? data.mapping[field] ?? null}
            clearable={mapping[field] !== undefined}
            allowDeselect={false}
            onChange={column => {
              const { [field]: _, ...others } = mapping
              onMapping(column === null ? others : { ...others, [field]: column })
            }}
          />
        ))}
      </div>
      {data.sample.length === 0 ? null : (
        <Table
          label={t('triage:import.sample')}
          isInset
          columns={samples}
          rows={data.sample.map((owner, index) => ({ ...owner, index }))}
          rowKey={owner => String(owner.index)}
        />
      )}
      {rejected.length === 0 ? null : (
        <Table
          label={t('triage:import.rejects')}
          isInset
          columns={rejects}
          rows={rejected.slice(0, 200)}
          rowKey={each => String(each.line)}
        />
      )}
    </>
  )
}

/** Spreadsheets still write files in the Windows code page: what is not UTF-8 is read as that. */
async function readCsv(file: File): Promise<string> {
  const bytes = await file.arrayBuffer()
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}
