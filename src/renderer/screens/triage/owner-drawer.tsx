import { Button, Group, SegmentedControl, Select, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Owner, OwnerInput } from '#shared/domain/owner.ts'
import type { OwnerId } from '#shared/ids.ts'
import type { Failure, Result } from '#shared/result.ts'
import { sayDone } from '../../actions/say.ts'
import { Confirm } from '../../components/confirm.tsx'
import { Drawer } from '../../components/drawer.tsx'
import { Section } from '../../components/facts.tsx'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { useParts, usePreferences } from '../../data/parts.tsx'
import { useCommand, useRead } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'
import type { TriageRoute } from '../../state/triage-route.ts'
import css from './triage.module.css'

const blank: OwnerInput = { kind: 'person', name: '', email: null, externalId: null, unit: null }

/** One owner: what is known of them, to be changed, or to be made one with another entry. */
export function OwnerDrawer({ route }: { route: TriageRoute }) {
  const { t } = useWords()
  const { navigation, preferences } = useParts()
  const { drawerWidth } = usePreferences()
  const owners = useRead('owner.list', {}, { keepPrevious: true })
  const owner = owners.data?.find(({ id }) => id === route.owner) ?? null
  const close = () => navigation.go({ ...route, owner: null })
  const title = route.owner === 'new' ? t('triage:owners.add') : (owner?.name ?? t('triage:owners.gone'))
  return (
    <Drawer
      label={title}
      heading={<h2>{title}</h2>}
      width={Math.min(drawerWidth, 520)}
      onWidth={width => preferences.setState({ drawerWidth: width })}
      onClose={close}
    >
      {route.owner === 'new' || owner !== null ? (
        <OwnerForm key={String(route.owner)} owner={owner} onDone={close} />
      ) : null}
      {owner === null ? null : <Merge owner={owner} others={owners.data ?? []} onDone={close} />}
    </Drawer>
  )
}

function OwnerForm({ owner, onDone }: { owner: Owner | null; onDone: () => void }) {
  const { t } = useWords()
  const [input, setInput] = useState<OwnerInput>(owner ?? blank)
  const [refusal, setRefusal] = useState<Failure | null>(null)
  const add = useCommand('owner.add')
  const edit = useCommand('owner.edit')
  const save = async (event: FormEvent) => {
    event.preventDefault()
    const { kind, name, email, externalId, unit } = input
    const given = { kind, name, email, externalId, unit }
    const saved: Result<Owner> = await (owner === null
      ? add.run(given)
      : edit.run({ id: owner.id, ...given }))
    setRefusal(saved.ok ? null : saved.failure)
    if (!saved.ok) return
    sayDone(t('saved'))
    if (owner === null) onDone()
  }
  const text = (name: 'name' | 'email' | 'externalId' | 'unit') => (
    <TextInput
      label={t(`triage:owners.${name}`)}
      value={input[name] ?? ''}
      maxLength={200}
      required={name === 'name'}
      onChange={event => setInput({ ...input, [name]: event.currentTarget.value })}
    />
  )
  return (
    <form className={css['form']} onSubmit={event => void save(event)}>
      {refusal === null ? null : <FailurePanel failure={refusal} />}
      <SegmentedControl
        aria-label={t('triage:owners.kind')}
        data={(['person', 'team'] as const).map(kind => ({
          value: kind,
          label: t(`governance:ownerKind.${kind}`),
        }))}
        value={input.kind}
        onChange={kind => setInput({ ...input, kind: kind === 'team' ? 'team' : 'person' })}
      />
      {text('name')}
      {text('email')}
      {text('unit')}
      {text('externalId')}
      <Group gap={8}>
        <Button type="submit" disabled={input.name.trim() === ''} loading={add.isRunning || edit.isRunning}>
          {t('save')}
        </Button>
      </Group>
    </form>
  )
}

interface MergeProps {
  readonly owner: Owner
  readonly others: readonly Owner[]
  readonly onDone: () => void
}

/** The same person twice: all that one entry answers for becomes the other's. */
function Merge({ owner, others, onDone }: MergeProps) {
  const { t } = useWords()
  const [into, setInto] = useState<string | null>(null)
  const [isAsking, setAsking] = useState(false)
  const [refusal, setRefusal] = useState<Failure | null>(null)
  const merge = useCommand('owner.merge')
  const target = others.find(({ id }) => String(id) === into)
  const run = async () => {
    const merged = await merge.run({ from: owner.id, into: Number(into) as OwnerId })
    setAsking(false)
    setRefusal(merged.ok ? null : merged.failure)
    if (!merged.ok) return
    sayDone(t('triage:merge.done', { from: owner.name, into: merged.value.name }))
    onDone()
  }
  return (
    <div className={css['apart']}>
      <Section title={t('triage:merge.title')} note={t('triage:merge.note')}>
        <div className={css['form']}>
          {refusal === null ? null : <FailurePanel failure={refusal} />}
          <Select
            label={t('triage:merge.into')}
            searchable
            limit={50}
            data={others
              .filter(({ id }) => id !== owner.id)
              .map(each => ({
                value: String(each.id),
                label: [each.name, each.email].filter(Boolean).join(' · '),
              }))}
            value={into}
            onChange={setInto}
          />
          <Group>
            <Button variant="default" disabled={target === undefined} onClick={() => setAsking(true)}>
              {t('triage:merge.do')}
            </Button>
          </Group>
        </div>
        <Confirm
          isOpen={isAsking}
          title={t('triage:merge.ask', { from: owner.name, into: target?.name ?? '' })}
          action={t('triage:merge.do')}
          isRunning={merge.isRunning}
          onConfirm={() => void run()}
          onCancel={() => setAsking(false)}
        >
          <p>
            {t('triage:merge.text', {
              count: owner.stated.technical + owner.stated.data + owner.stated.risk,
              from: owner.name,
              into: target?.name ?? '',
            })}
          </p>
        </Confirm>
      </Section>
    </div>
  )
}
