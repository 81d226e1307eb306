import { Button, NativeSelect, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { severities } from '#shared/domain/exposure.ts'
import type { Standing, WhatIf, WhatIfAnswer } from '#shared/domain/what-if.ts'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { LoadingPanel } from '../../components/state-panel.tsx'
import { Table } from '../../components/table.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { useRead } from '../../data/reads.ts'
import { formatDecimal } from '../../format/numbers.ts'
import { useWords, type Words } from '../../i18n/use-words.ts'
import { formatRoute, inventory } from '../../state/route.ts'
import css from './risk.module.css'
import { WhatIfControls } from './what-if-controls.tsx'

const kinds = ['guard', 'close-site', 'min-version', 'broken', 'revoke'] as const
type Kind = (typeof kinds)[number]

const suggestions: Readonly<Record<Kind, string>> = {
  guard: 'presence:present access:open tools:yes',
  'close-site': '',
  'min-version': '0.12.4',
  broken: 'family:llama',
  revoke: '',
}

/** What would be if something were done, or happened. */
export function WhatIfPart() {
  const { t } = useWords()
  const [kind, setKind] = useState<Kind>('guard')
  const [value, setValue] = useState(suggestions.guard)
  const [asked, setAsked] = useState<WhatIf | null>(null)
  const sites = useRead('site.list', {}).data ?? []
  const read = useRead('risk.what-if', asked ?? { kind: 'guard', query: '' }, { enabled: asked !== null })
  const choose = (next: Kind) => {
    setKind(next)
    setValue(next === 'close-site' ? (sites[0]?.name ?? '') : suggestions[next])
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setAsked(whatIfOf(kind, value))
  }
  return (
    <>
      <p className={css['sub']}>{t('risk:whatif.sub')}</p>
      <form className={css['form']} onSubmit={submit}>
        <NativeSelect
          label={t('risk:whatif.what')}
          value={kind}
          onChange={event => choose(kinds.find(each => each === event.currentTarget.value) ?? 'guard')}
          data={kinds.map(each => ({ value: each, label: t(`risk:whatif.kind.${each}`) }))}
        />
        {kind === 'close-site' ? (
          <NativeSelect
            label={t('risk:whatif.field.close-site')}
            value={value}
            onChange={event => setValue(event.currentTarget.value)}
            data={sites.map(({ name }) => name)}
          />
        ) : (
          <TextInput
            className={css['wide'] ?? ''}
            label={t(`risk:whatif.field.${kind}`)}
            value={value}
            onChange={event => setValue(event.currentTarget.value)}
          />
        )}
        <Button type="submit" disabled={value.trim() === ''}>
          {t('risk:whatif.ask')}
        </Button>
      </form>
      {asked === null ? null : <Answer read={read} />}
      {asked === null || read.data === undefined ? null : <WhatIfControls asked={asked} />}
    </>
  )
}

function whatIfOf(kind: Kind, value: string): WhatIf {
  switch (kind) {
    case 'close-site':
      return { kind, site: value }
    case 'min-version':
      return { kind, version: value.trim() }
    case 'revoke':
      return { kind, exception: Math.max(1, Math.floor(Number(value)) || 1) }
    default:
      return { kind, query: value }
  }
}

function Answer({ read }: { read: ReturnType<typeof useRead<'risk.what-if'>> }) {
  if (read.failure !== null || read.error !== null)
    return <FailurePanel failure={read.failure} error={read.error} onRetry={read.retry} />
  return read.data === undefined ? <LoadingPanel lines={4} /> : <Comparison answer={read.data} />
}

interface Line {
  readonly name: string
  readonly of: (standing: Standing) => number
}

function linesOf(t: Words): Line[] {
  return [
    { name: t('risk:whatif.sum'), of: ({ scores }) => scores.sum },
    { name: t('risk:whatif.mean'), of: ({ scores }) => scores.mean },
    ...severities.map(level => ({
      name: t('risk:whatif.level', { level: t(`terms:severity.${level}`) }),
      of: ({ levels }: Standing) => levels[level],
    })),
    { name: t('risk:whatif.open'), of: ({ findings }) => findings.open },
    { name: t('risk:whatif.critical'), of: ({ findings }) => findings.bySeverity.critical },
  ]
}

function Comparison({ answer: { before, after, affected } }: { answer: WhatIfAnswer }) {
  const { t } = useWords()
  const language = useLanguage()
  const number = (value: number) => formatDecimal(value, 1, language)
  const signed = (value: number) =>
    value === 0 ? '0' : value > 0 ? `+${number(value)}` : `−${number(-value)}`
  const change = ({ of }: Line) => of(after) - of(before)
  return (
    <section className={css['frame']} aria-live="polite">
      <p className={css['affected']}>
        {t('risk:whatif.affected', { count: affected.count })}{' '}
        {affected.query === null || affected.count === 0 ? null : (
          <a href={formatRoute({ ...inventory, text: affected.query })}>{t('risk:whatif.show')}</a>
        )}
      </p>
      <div className={css['narrow']}>
        <Table
          label={t('risk:whatif.title')}
          rows={linesOf(t)}
          rowKey={({ name }) => name}
          columns={[
            { id: 'name', head: t('risk:whatif.figure'), cell: ({ name }) => name },
            {
              id: 'before',
              head: t('risk:whatif.before'),
              alignEnd: true,
              cell: line => number(line.of(before)),
            },
            {
              id: 'after',
              head: t('risk:whatif.after'),
              alignEnd: true,
              cell: line => number(line.of(after)),
            },
            {
              id: 'change',
              head: t('risk:whatif.change'),
              alignEnd: true,
              cell: line => <strong>{signed(change(line))}</strong>,
            },
          ]}
        />
      </div>
    </section>
  )
}
