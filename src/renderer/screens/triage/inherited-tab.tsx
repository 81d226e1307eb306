import { Autocomplete, Button, Select, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { type Duty, duties } from '#shared/domain/owner.ts'
import type { Inheritance, InheritanceInput } from '#shared/domain/ownership.ts'
import type { Failure } from '#shared/result.ts'
import { sayDone, useSayFailed } from '../../actions/say.ts'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { LoadingPanel } from '../../components/state-panel.tsx'
import { Table, type TableColumn } from '../../components/table.tsx'
import { useCommand, useRead } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'
import css from './triage.module.css'

/** Who answers for whatever nobody was named for: by range, site or host name. */
export function InheritedTab() {
  const { t } = useWords()
  const rules = useRead('owner.inheritances', {})
  const remove = useCommand('owner.disinherit')
  const sayFailed = useSayFailed()
  const drop = async ({ id }: Inheritance) => {
    const done = await remove.run({ id })
    if (done.ok) sayDone(t('triage:inherited.removed'))
    else sayFailed(done.failure)
  }
  const columns: TableColumn<Inheritance>[] = [
    { id: 'scope', head: t('triage:inherited.scope'), cell: rule => t(`triage:scope.${rule.scope}`) },
    { id: 'value', head: t('triage:inherited.value'), cell: rule => rule.value },
    { id: 'owner', head: t('triage:column.owner'), cell: rule => rule.owner },
    { id: 'duty', head: t('triage:assign.duty'), cell: rule => t(`triage:duty.${rule.duty}`) },
    {
      id: 'remove',
      head: '',
      alignEnd: true,
      cell: rule => (
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconTrash size={13} aria-hidden />}
          onClick={() => void drop(rule)}
        >
          {t('remove')}
        </Button>
      ),
    },
  ]
  return (
    <div className={css['scroll']}>
      <p className={css['note']}>{t('triage:inherited.note')}</p>
      <AddInheritance />
      {rules.failure === null && rules.error === null ? null : (
        <FailurePanel failure={rules.failure} error={rules.error} onRetry={rules.retry} />
      )}
      {rules.data === undefined && rules.failure === null ? <LoadingPanel lines={3} /> : null}
      {rules.data?.length === 0 ? <p className={css['muted']}>{t('triage:inherited.none')}</p> : null}
      {rules.data === undefined || rules.data.length === 0 ? null : (
        <Table
          label={t('triage:tab.inherited')}
          isInset
          columns={columns}
          rows={rules.data}
          rowKey={rule => String(rule.id)}
        />
      )}
    </div>
  )
}

const scopes = ['range', 'site', 'name'] as const

function AddInheritance() {
  const { t } = useWords()
  const owners = useRead('owner.list', {})
  const add = useCommand('owner.inherit')
  const [input, setInput] = useState<InheritanceInput>({
    scope: 'range',
    value: '',
    owner: '',
    duty: 'technical',
  })
  const [refusal, setRefusal] = useState<Failure | null>(null)
  const save = async (event: FormEvent) => {
    event.preventDefault()
    const done = await add.run(input)
    setRefusal(done.ok ? null : done.failure)
    if (!done.ok) return
    setInput({ ...input, value: '' })
    sayDone(t('saved'))
  }
  return (
    <form onSubmit={event => void save(event)}>
      {refusal === null ? null : <FailurePanel failure={refusal} />}
      <div className={css['add']}>
        <Select
          label={t('triage:inherited.scope')}
          data={scopes.map(scope => ({ value: scope, label: t(`triage:scope.${scope}`) }))}
          value={input.scope}
          allowDeselect={false}
          onChange={scope =>
            setInput({ ...input, scope: scopes.find(each => each === scope) ?? 'range', value: '' })
          }
        />
        <ScopeValue input={input} onValue={value => setInput({ ...input, value })} />
        <Select
          label={t('triage:column.owner')}
          searchable
          limit={50}
          data={(owners.data ?? []).map(each => ({ value: String(each.id), label: each.name }))}
          value={input.owner === '' ? null : input.owner}
          onChange={owner => setInput({ ...input, owner: owner ?? '' })}
        />
        <Select
          label={t('triage:assign.duty')}
          data={duties.map(duty => ({ value: duty, label: t(`triage:duty.${duty}`) }))}
          value={input.duty ?? 'technical'}
          allowDeselect={false}
          onChange={duty =>
            setInput({ ...input, duty: duties.find((each): each is Duty => each === duty) ?? 'technical' })
          }
        />
        <Button
          type="submit"
          loading={add.isRunning}
          disabled={input.value.trim() === '' || input.owner === ''}
          leftSection={<IconPlus size={14} aria-hidden />}
        >
          {t('triage:inherited.add')}
        </Button>
      </div>
    </form>
  )
}

/** Sites are those there are, of blocks the ranges are offered; a host name is a pattern. */
function ScopeValue({ input, onValue }: { input: InheritanceInput; onValue: (value: string) => void }) {
  const { t } = useWords()
  const ranges = useRead('range.list', {}).data ?? []
  const sites = useRead('site.list', {}).data ?? []
  const label = t(`triage:scopeValue.${input.scope}`)
  if (input.scope === 'name')
    return (
      <TextInput
        label={label}
        placeholder="gpu-*.example.org"
        value={input.value}
        onChange={event => onValue(event.currentTarget.value)}
      />
    )
  // Any block can be written: who runs a /16 runs every range in it.
  if (input.scope === 'range')
    return (
      <Autocomplete
        label={label}
        placeholder="10.1.0.0/16"
        data={[...new Set(ranges.map(({ block }) => block))]}
        value={input.value}
        onChange={onValue}
      />
    )
  return (
    <Select
      label={label}
      searchable
      data={sites.map(({ name }) => name)}
      value={input.value === '' ? null : input.value}
      onChange={value => onValue(value ?? '')}
    />
  )
}
