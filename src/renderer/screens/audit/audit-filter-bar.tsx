import { SegmentedControl, Select, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { AuditKinds } from '#shared/domain/audit.ts'
import { useDebounced } from '../../components/use-debounced.ts'
import { useParts } from '../../data/parts.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { type AuditRoute, auditSpans } from '../../state/audit-route.ts'
import css from './audit.module.css'

/** By word, person, kind of command, subject, outcome and time. */
export function AuditFilterBar({ route, kinds }: { route: AuditRoute; kinds: AuditKinds | undefined }) {
  const { t } = useWords()
  const { navigation } = useParts()
  const set = (change: Partial<AuditRoute>) => navigation.replace({ ...route, ...change, entry: null })
  return (
    <div className={css['filters']}>
      <Written id="audit-text" name="text" label={t('audit:filter.text')} route={route} />
      <Written id="audit-subject" name="subject" label={t('audit:filter.subject')} route={route} />
      <Select
        size="xs"
        className={css['choice'] ?? ''}
        aria-label={t('audit:column.actor')}
        placeholder={t('audit:filter.anyone')}
        clearable
        searchable
        data={kinds?.actors ?? []}
        value={route.actor === '' ? null : route.actor}
        onChange={actor => set({ actor: actor ?? '' })}
      />
      <Select
        size="xs"
        className={css['choice'] ?? ''}
        aria-label={t('audit:column.command')}
        placeholder={t('audit:filter.anything')}
        clearable
        searchable
        data={kinds?.commands ?? []}
        value={route.command === '' ? null : route.command}
        onChange={command => set({ command: command ?? '' })}
      />
      <Select
        size="xs"
        className={css['choice'] ?? ''}
        aria-label={t('audit:column.outcome')}
        placeholder={t('audit:filter.anyOutcome')}
        clearable
        data={(['done', 'refused'] as const).map(value => ({
          value,
          label: t(`governance:outcome.${value}`),
        }))}
        value={route.outcome}
        onChange={outcome => set({ outcome: outcome === 'done' || outcome === 'refused' ? outcome : null })}
      />
      <SegmentedControl
        size="xs"
        aria-label={t('audit:filter.span')}
        data={auditSpans.map(value => ({ value, label: t(`audit:span.${value}`) }))}
        value={route.span}
        onChange={span => set({ span: auditSpans.find(each => each === span) ?? 'all' })}
      />
    </div>
  )
}

interface WrittenProps {
  readonly id: string
  readonly name: 'text' | 'subject'
  readonly label: string
  readonly route: AuditRoute
}

function Written({ id, name, label, route }: WrittenProps) {
  const { navigation } = useParts()
  const [written, setWritten] = useState(route[name])
  const settled = useDebounced(written, 300)
  useEffect(() => setWritten(route[name]), [route, name])
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was written leads somewhere
  useEffect(() => {
    const now = navigation.store.getState()
    if (now.screen === 'audit' && now[name] !== settled)
      navigation.replace({ ...now, [name]: settled, entry: null })
  }, [settled])
  return (
    <TextInput
      id={id}
      size="xs"
      className={css['text'] ?? ''}
      aria-label={label}
      placeholder={label}
      value={written}
      maxLength={200}
      onChange={event => setWritten(event.currentTarget.value)}
    />
  )
}
