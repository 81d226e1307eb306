import { Button } from '@mantine/core'
import { useState } from 'react'
import type { AuditChange, AuditEntry } from '#shared/domain/audit.ts'
import { Failure } from '#shared/result.ts'
import { Drawer } from '../../components/drawer.tsx'
import { Fact, Facts, Section } from '../../components/facts.tsx'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { Copyable, Mono } from '../../components/mono.tsx'
import { LoadingPanel } from '../../components/state-panel.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { useParts, usePreferences } from '../../data/parts.tsx'
import { useRead } from '../../data/reads.ts'
import { formatExact, millisecondsOf } from '../../format/dates.ts'
import { useWords } from '../../i18n/use-words.ts'
import css from './audit.module.css'
import { differencesOf, textOf } from './difference.ts'
import { EraseValues } from './erase-values.tsx'
import { OutcomeMark } from './outcome-mark.tsx'

export interface EntryDrawerProps {
  readonly id: number
  readonly onClose: () => void
  readonly onStep: (step: 1 | -1) => void
}

/** One entry: who, when, what was given, and what became otherwise by it. */
export function EntryDrawer({ id, onClose, onStep }: EntryDrawerProps) {
  const { t } = useWords()
  const { preferences } = useParts()
  const { drawerWidth } = usePreferences()
  const read = useRead('audit.list', { before: id + 1, limit: 1, mostChanges: 0 }, { keepPrevious: true })
  const entry = read.data?.[0]?.id === id ? read.data[0] : undefined
  const title = t('audit:entry', { id })
  return (
    <Drawer
      label={title}
      heading={<h2>{title}</h2>}
      width={drawerWidth}
      onWidth={width => preferences.setState({ drawerWidth: width })}
      onClose={onClose}
      onStep={onStep}
    >
      {read.failure === null && read.error === null ? null : (
        <FailurePanel failure={read.failure} error={read.error} onRetry={read.retry} />
      )}
      {read.data === undefined ? <LoadingPanel /> : null}
      {read.data !== undefined && entry === undefined && !read.isOld ? (
        <p className={css['muted']}>{t('audit:missing')}</p>
      ) : null}
      {entry === undefined ? null : <Entry key={entry.id} entry={entry} />}
    </Drawer>
  )
}

function Entry({ entry }: { entry: AuditEntry }) {
  const { t } = useWords()
  const language = useLanguage()
  const refusal = entry.outcome === 'refused' ? Failure.safeParse(entry.result) : null
  const inputs = differencesOf({ subject: '', before: null, after: entry.input })
  return (
    <>
      <Section title={t('audit:what')}>
        <Facts>
          <Fact name={t('audit:column.command')}>
            <Mono>{entry.command}</Mono>
          </Fact>
          <Fact name={t('audit:column.outcome')}>
            <OutcomeMark outcome={entry.outcome} />
          </Fact>
          <Fact name={t('audit:column.at')}>
            <span className={css['lines']}>{formatExact(millisecondsOf(entry.at), language)}</span>
          </Fact>
          <Fact name={t('audit:column.actor')}>{entry.actor ?? t('audit:erased')}</Fact>
          <Fact name={t('audit:column.account')}>{entry.account ?? t('audit:erased')}</Fact>
          <Fact name={t('audit:column.hash')}>
            <Copyable text={entry.hash} shown={`${entry.hash.slice(0, 24)} …`} label={t('audit:copyHash')} />
          </Fact>
        </Facts>
        {entry.erased ? <p className={css['muted']}>{t('audit:erasedText')}</p> : null}
      </Section>
      {refusal?.success === true ? <FailurePanel failure={refusal.data} /> : null}
      {inputs.length === 0 ? null : (
        <Section title={t('audit:given')}>
          <Facts>
            {inputs.map(({ field, after }) => (
              <Fact key={field} name={field === '' ? t('audit:value') : field}>
                <span className={css['value']}>{after}</span>
              </Fact>
            ))}
          </Facts>
        </Section>
      )}
      {entry.changeCount === 0 ? null : <Changes entry={entry.id} count={entry.changeCount} />}
      {entry.changeCount === 0 && entry.outcome === 'done' && entry.result !== null ? (
        <Section title={t('audit:result')}>
          <span className={css['value']}>{textOf(entry.result)}</span>
        </Section>
      ) : null}
      {entry.erased ? null : <EraseValues entry={entry.id} />}
    </>
  )
}

const atOnce = 50

/** Of a bulk command a page of what it changed; of others all. */
function Changes({ entry, count }: { entry: number; count: number }) {
  const { t } = useWords()
  const [limit, setLimit] = useState(atOnce)
  const read = useRead('audit.changes', { entry, limit }, { keepPrevious: true })
  const changes = read.data?.changes ?? []
  return (
    <Section title={t('audit:changes', { count })}>
      <ul className={css['changes']}>
        {changes.map((change, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: changes of an entry never move
          <li key={index}>
            {change === null ? (
              <span className={css['muted']}>{t('audit:erased')}</span>
            ) : (
              <Change change={change} />
            )}
          </li>
        ))}
      </ul>
      {changes.length < count && limit < 1000 ? (
        <Button size="xs" variant="default" onClick={() => setLimit(Math.min(1000, limit * 4))}>
          {t('audit:moreChanges', { count: count - changes.length })}
        </Button>
      ) : null}
    </Section>
  )
}

function Change({ change }: { change: AuditChange }) {
  const { t } = useWords()
  const kind = change.before === null ? 'added' : change.after === null ? 'removed' : 'changed'
  return (
    <>
      <div className={css['changeHead']}>
        <strong>{change.subject}</strong>
        <span className={css['muted']}>{t(`audit:kind.${kind}`)}</span>
      </div>
      <dl className={css['difference']}>
        {differencesOf(change).map(({ field, before, after }) => (
          <div key={field}>
            <dt>{field === '' ? t('audit:value') : field}</dt>
            <dd>
              {before === null ? null : <del>{before}</del>}
              {before === null || after === null ? null : <span aria-hidden> → </span>}
              {after === null ? null : <ins>{after}</ins>}
            </dd>
          </div>
        ))}
      </dl>
    </>
  )
}
