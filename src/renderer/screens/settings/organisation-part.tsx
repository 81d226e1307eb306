import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Settings } from '#shared/domain/settings.ts'
import type { Failure } from '#shared/result.ts'
import { sayDone } from '../../actions/say.ts'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { useCommand, useRead } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'
import { Asked, Part } from './part.tsx'
import css from './settings.module.css'

const longest = 120

/** Whose data this is, and whom to ask about a scan. */
export function OrganisationPart() {
  const { t } = useWords()
  const read = useRead('settings.show', {})
  return (
    <Part title={t('settings.organisationPart')} note={t('settings.organisationNote')}>
      <Asked read={read}>{known => <OrganisationForm known={known} />}</Asked>
    </Part>
  )
}

function OrganisationForm({ known }: { known: Settings }) {
  const { t } = useWords()
  const [change, setChange] = useState<Partial<Settings>>({})
  const [refusal, setRefusal] = useState<Failure | null>(null)
  const command = useCommand('settings.edit')
  const shown = { ...known, ...change }
  const isChanged = shown.organisation !== known.organisation || shown.contact !== known.contact
  const save = async (event: FormEvent) => {
    event.preventDefault()
    const saved = await command.run(change)
    setRefusal(saved.ok ? null : saved.failure)
    if (!saved.ok) return
    setChange({})
    sayDone(t('saved'))
  }
  return (
    <form className={css['form']} onSubmit={event => void save(event)}>
      {refusal === null ? null : <FailurePanel failure={refusal} />}
      <TextInput
        label={t('settings.organisation')}
        description={t('settings.organisationHint')}
        maxLength={longest}
        value={shown.organisation}
        onChange={event => setChange({ ...change, organisation: event.currentTarget.value })}
      />
      <TextInput
        label={t('settings.contact')}
        description={t('settings.contactHint')}
        placeholder="security@example.org"
        maxLength={longest}
        value={shown.contact}
        onChange={event => setChange({ ...change, contact: event.currentTarget.value })}
      />
      <div className={css['actions']}>
        <Button type="submit" disabled={!isChanged} loading={command.isRunning}>
          {t('save')}
        </Button>
        {isChanged ? (
          <Button variant="default" onClick={() => setChange({})}>
            {t('settings.discard')}
          </Button>
        ) : null}
      </div>
    </form>
  )
}
