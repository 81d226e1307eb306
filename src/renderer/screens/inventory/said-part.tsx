import { Button, Select, TagsInput, Textarea } from '@mantine/core'
import { useState } from 'react'
import { Disposition, dispositions } from '#shared/domain/identity.ts'
import type { InstanceDetail } from '#shared/domain/instance.ts'
import { useSayFailed } from '../../actions/say.ts'
import { useSayUndo } from '../../actions/say-undo.tsx'
import { Section } from '../../components/facts.tsx'
import { useCommand } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'
import css from './identity.module.css'
import { useKnownTags } from './use-known-tags.ts'

/** What people say of it: whose it is, tags, a note. */
export function SaidPart({ instance }: { instance: InstanceDetail }) {
  const { t } = useWords()
  return (
    <Section title={t('identity:said.title')}>
      <div className={css['said']}>
        <DispositionSelect instance={instance} />
        <TagsField instance={instance} />
        <NoteField instance={instance} key={instance.note} />
      </div>
    </Section>
  )
}

function DispositionSelect({ instance }: { instance: InstanceDetail }) {
  const { t } = useWords()
  const { run, isRunning } = useCommand('instance.dispose')
  const sayFailed = useSayFailed()
  const sayUndo = useSayUndo()
  const id = String(instance.id)
  const before = instance.disposition
  const set = async (value: string | null) => {
    const disposition = Disposition.safeParse(value).data ?? null
    if (disposition === before) return
    const done = await run({ instance: id, disposition })
    if (!done.ok) return sayFailed(done.failure)
    sayUndo(t('identity:said.disposed', { whose: t(`identity:whose.${disposition ?? 'none'}`) }), () =>
      run({ instance: id, disposition: before }),
    )
  }
  return (
    <Select
      label={t('identity:said.disposition')}
      value={before ?? 'none'}
      disabled={isRunning}
      data={['none' as const, ...dispositions].map(value => ({ value, label: t(`identity:whose.${value}`) }))}
      onChange={value => void set(value)}
    />
  )
}

function TagsField({ instance }: { instance: InstanceDetail }) {
  const { t } = useWords()
  const { run, isRunning } = useCommand('instance.tag')
  const known = useKnownTags()
  const sayFailed = useSayFailed()
  const sayUndo = useSayUndo()
  const id = String(instance.id)
  const set = async (tags: readonly string[]) => {
    const add = tags.filter(tag => !instance.tags.includes(tag))
    const remove = instance.tags.filter(tag => !tags.includes(tag))
    if (add.length + remove.length === 0) return
    const done = await run({ instance: id, add, remove })
    if (!done.ok) return sayFailed(done.failure)
    if (remove.length > 0)
      sayUndo(t('identity:said.untagged', { tags: remove.join(', ') }), () =>
        run({ instance: id, add: remove, remove: add }),
      )
  }
  return (
    <TagsInput
      label={t('identity:said.tags')}
      placeholder={instance.tags.length === 0 ? t('identity:said.addTag') : ''}
      data={known}
      value={instance.tags}
      disabled={isRunning}
      splitChars={[',']}
      onChange={tags => void set(tags)}
    />
  )
}

function NoteField({ instance }: { instance: InstanceDetail }) {
  const { t } = useWords()
  const { run, isRunning } = useCommand('instance.note')
  const sayFailed = useSayFailed()
  const sayUndo = useSayUndo()
  const before = instance.note ?? ''
  const [text, setText] = useState(before)
  const id = String(instance.id)
  const save = async () => {
    const done = await run({ instance: id, text })
    if (!done.ok) return sayFailed(done.failure)
    sayUndo(t('identity:said.noted'), () => run({ instance: id, text: before }))
  }
  return (
    <div className={css['wide']}>
      <Textarea
        label={t('identity:said.note')}
        autosize
        minRows={1}
        maxRows={8}
        value={text}
        maxLength={5000}
        onChange={event => setText(event.currentTarget.value)}
        onKeyDown={event => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void save()
        }}
      />
      {text.trim() === before ? null : (
        <div className={css['noteFoot']}>
          <Button size="xs" loading={isRunning} onClick={() => void save()}>
            {t('identity:said.saveNote')}
          </Button>
          <Button size="xs" variant="default" onClick={() => setText(before)}>
            {t('cancel')}
          </Button>
        </div>
      )}
    </div>
  )
}
