import { Button, Select, Switch, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import type { ParameterValue } from '#shared/domain/policy.ts'
import { useWords } from '../../i18n/use-words.ts'
import css from './policies.module.css'
import type { Draft } from './rule-text.ts'

const kinds = { text: '', number: 0, boolean: false } as const
type Kind = keyof typeof kinds

function kindOf(value: ParameterValue): Kind {
  return typeof value === 'string' ? 'text' : typeof value === 'number' ? 'number' : 'boolean'
}

export interface ParamFieldsProps {
  readonly params: Draft['params']
  readonly onChange: (params: Draft['params']) => void
}

/** The numbers and words a condition is written with, so that they can be set without touching it. */
export function ParamFields({ params, onChange }: ParamFieldsProps) {
  const { t } = useWords()
  const entries = Object.entries(params)
  const put = (index: number, name: string, value: ParameterValue) => {
    // Two of one name would be one.
    if (entries.some(([known], at) => known === name && at !== index)) return
    onChange(Object.fromEntries(entries.map((entry, at) => (at === index ? [name, value] : entry))))
  }
  return (
    <div className={css['form']}>
      {entries.map(([name, value], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: names change while they are written
        <div key={index} className={css['param']}>
          <TextInput
            label={t('policies:params.name')}
            spellCheck={false}
            classNames={{ input: css['code'] ?? '' }}
            value={name}
            onChange={event => put(index, event.currentTarget.value.replace(/\W|^\d+/g, ''), value)}
          />
          <Select
            label={t('policies:params.kind')}
            data={(Object.keys(kinds) as Kind[]).map(kind => ({
              value: kind,
              label: t(`policies:params.kinds.${kind}`),
            }))}
            value={kindOf(value)}
            onChange={kind => put(index, name, kinds[(kind ?? 'text') as Kind])}
          />
          <ParamValue
            label={t('policies:params.value')}
            value={value}
            onChange={next => put(index, name, next)}
          />
          <Button
            variant="subtle"
            size="compact-sm"
            aria-label={t('policies:params.remove', { name })}
            onClick={() => onChange(Object.fromEntries(entries.filter((_, at) => at !== index)))}
          >
            <IconTrash size={15} aria-hidden />
          </Button>
        </div>
      ))}
      <div>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => onChange({ ...params, [freeName(params)]: 0 })}
        >
          {t('policies:params.add')}
        </Button>
      </div>
    </div>
  )
}

function freeName(params: Draft['params']): string {
  let number = 1
  while (`value${number}` in params) number++
  return `value${number}`
}

export interface ParamValueProps {
  readonly label: string
  readonly value: ParameterValue
  readonly onChange: (value: ParameterValue) => void
}

/** A parameter of the kind it has. */
export function ParamValue({ label, value, onChange }: ParamValueProps) {
  if (typeof value === 'boolean')
    return <Switch label={label} checked={value} onChange={event => onChange(event.currentTarget.checked)} />
  if (typeof value === 'string')
    return (
      <TextInput
        label={label}
        spellCheck={false}
        maxLength={200}
        value={value}
        onChange={event => onChange(event.currentTarget.value)}
      />
    )
  return (
    <TextInput
      label={label}
      type="number"
      step={1}
      value={String(value)}
      onChange={event => {
        const number = Number(event.currentTarget.value)
        if (Number.isSafeInteger(number)) onChange(number)
      }}
    />
  )
}
