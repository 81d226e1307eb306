import { Button } from '@mantine/core'
import { IconPlus, IconUpload, IconUsers } from '@tabler/icons-react'
import { useState } from 'react'
import type { Owner, OwnerImportRecord } from '#shared/domain/owner.ts'
import { quote } from '#shared/query/tokens.ts'
import type { Failure } from '#shared/result.ts'
import { sayDone, useSayFailed } from '../../actions/say.ts'
import { TakeBackRest } from '../../actions/take-back-rest.tsx'
import { Confirm } from '../../components/confirm.tsx'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { EmptyPanel, LoadingPanel } from '../../components/state-panel.tsx'
import { Table, type TableColumn } from '../../components/table.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { useParts } from '../../data/parts.tsx'
import { useCommand, useRead } from '../../data/reads.ts'
import { formatNumber } from '../../format/numbers.ts'
import { useWords } from '../../i18n/use-words.ts'
import { formatRoute, inventory } from '../../state/route.ts'
import { formatTriage, type TriageRoute } from '../../state/triage-route.ts'
import css from './triage.module.css'

/** People and teams, and what each answers for. */
export function OwnersTab({ route, onImport }: { route: TriageRoute; onImport: () => void }) {
  const { t } = useWords()
  const { navigation } = useParts()
  const owners = useRead('owner.list', {}, { keepPrevious: true })
  const columns = useOwnerColumns(route)
  const add = () => navigation.go({ ...route, owner: 'new' })
  if (owners.failure !== null || owners.error !== null)
    return (
      <div className={css['scroll']}>
        <FailurePanel failure={owners.failure} error={owners.error} onRetry={owners.retry} />
      </div>
    )
  if (owners.data === undefined) return <LoadingPanel />
  if (owners.data.length === 0)
    return (
      <EmptyPanel icon={IconUsers} title={t('triage:owners.none')} text={t('triage:owners.noneText')}>
        <Button leftSection={<IconUpload size={15} aria-hidden />} onClick={onImport}>
          {t('triage:import.open')}
        </Button>
        <Button variant="default" leftSection={<IconPlus size={15} aria-hidden />} onClick={add}>
          {t('triage:owners.add')}
        </Button>
      </EmptyPanel>
    )
  return (
    <div className={css['scroll']}>
      <div className={css['toolbar']} style={{ padding: '0 0 10px' }}>
        <span className={css['muted']}>{t('triage:owners.count', { count: owners.data.length })}</span>
        <Button size="xs" variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={add}>
          {t('triage:owners.add')}
        </Button>
      </div>
      <Table
        label={t('triage:tab.owners')}
        isInset
        columns={columns}
        rows={owners.data}
        rowKey={owner => String(owner.id)}
        selectedKey={route.owner === null ? null : String(route.owner)}
        link={owner => formatTriage({ ...route, owner: owner.id })}
      />
      <Imports />
    </div>
  )
}

function useOwnerColumns(route: TriageRoute): TableColumn<Owner>[] {
  const { t } = useWords()
  const language = useLanguage()
  const number = (count: number) => formatNumber(count, language)
  const plain = (text: string | null) => text ?? <span className={css['muted']}>–</span>
  return [
    { id: 'name', head: t('triage:owners.name'), cell: owner => owner.name },
    { id: 'kind', head: t('triage:owners.kind'), cell: owner => t(`governance:ownerKind.${owner.kind}`) },
    { id: 'email', head: t('triage:owners.email'), cell: owner => plain(owner.email) },
    { id: 'unit', head: t('triage:owners.unit'), cell: owner => plain(owner.unit) },
    { id: 'externalId', head: t('triage:owners.externalId'), cell: owner => plain(owner.externalId) },
    {
      id: 'instances',
      head: t('triage:owners.answersFor'),
      alignEnd: true,
      cell: owner =>
        owner.instanceCount === 0 ? (
          <span className={css['muted']}>0</span>
        ) : (
          <a
            href={formatRoute({ ...inventory, text: `owner:${quote(owner.name)}` })}
            onClick={event => event.stopPropagation()}
          >
            {number(owner.instanceCount)}
          </a>
        ),
    },
    {
      id: 'duties',
      head: t('triage:owners.named'),
      alignEnd: true,
      cell: ({ stated: { technical, data, risk } }) => (
        <span className={css['muted']}>
          {number(technical)} · {number(data)} · {number(risk)}
        </span>
      ),
    },
    {
      id: 'proposed',
      head: t('triage:owners.proposedFor'),
      alignEnd: true,
      cell: owner =>
        owner.proposedCount === 0 ? (
          <span className={css['muted']}>0</span>
        ) : (
          <a
            href={formatTriage({ ...route, tab: 'queue', states: ['proposed'], owner: owner.id })}
            onClick={event => event.stopPropagation()}
          >
            {number(owner.proposedCount)}
          </a>
        ),
    },
  ]
}

/** Imports, each of which can be taken back as a whole. */
function Imports() {
  const { t } = useWords()
  const imports = useRead('owner.imports', {}).data ?? []
  const [undoing, setUndoing] = useState<OwnerImportRecord | null>(null)
  const [inUse, setInUse] = useState<Failure | null>(null)
  const undo = useCommand('owner.undo-import')
  const sayFailed = useSayFailed()
  if (imports.length === 0) return null
  const confirm = async (rest: boolean) => {
    if (undoing === null) return
    const undone = await undo.run({ id: undoing.id, rest })
    const isInUse = !undone.ok && undone.failure.code === 'import-in-use'
    setInUse(isInUse ? undone.failure : null)
    if (isInUse) return
    setUndoing(null)
    if (!undone.ok) return sayFailed(undone.failure)
    const { kept, ...counts } = undone.value
    sayDone(t(`triage:import.${kept === 0 ? 'undone' : 'undoneKept'}`, { ...counts, count: kept }))
  }
  const cancel = () => {
    setUndoing(null)
    setInUse(null)
  }
  const columns: TableColumn<OwnerImportRecord>[] = [
    { id: 'file', head: t('triage:import.file'), cell: each => each.file },
    { id: 'at', head: t('triage:import.at'), cell: each => <TimeAgo at={each.at} /> },
    { id: 'actor', head: t('triage:import.by'), cell: each => each.actor },
    { id: 'added', head: t('triage:import.added'), alignEnd: true, cell: each => each.added },
    { id: 'changed', head: t('triage:import.changed'), alignEnd: true, cell: each => each.changed },
    { id: 'rejected', head: t('triage:import.rejected'), alignEnd: true, cell: each => each.rejected },
    {
      id: 'undo',
      head: '',
      alignEnd: true,
      cell: each =>
        each.undoneAt === null ? (
          <Button size="compact-xs" variant="default" onClick={() => setUndoing(each)}>
            {t('triage:import.undo')}
          </Button>
        ) : (
          <span className={css['muted']}>{t('triage:import.isUndone')}</span>
        ),
    },
  ]
  return (
    <>
      <h2 className={css['subTitle']}>{t('triage:import.history')}</h2>
      <Table
        label={t('triage:import.history')}
        isInset
        columns={columns}
        rows={imports}
        rowKey={each => String(each.id)}
      />
      <Confirm
        isOpen={undoing !== null && inUse === null}
        title={t('triage:import.undoTitle', { file: undoing?.file ?? '' })}
        action={t('triage:import.undo')}
        isRunning={undo.isRunning}
        onConfirm={() => void confirm(false)}
        onCancel={cancel}
      >
        <p>{t('triage:import.undoText', { added: undoing?.added ?? 0, changed: undoing?.changed ?? 0 })}</p>
      </Confirm>
      <TakeBackRest
        refusal={inUse}
        isRunning={undo.isRunning}
        onConfirm={() => void confirm(true)}
        onCancel={cancel}
      />
    </>
  )
}
