import { CloseButton, Combobox, TextInput, useCombobox } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, useRef, useState } from 'react'
import type { Completion } from '#shared/domain/facet.ts'
import type { FieldName } from '#shared/query/fields.ts'
import { longestQuery, parseQuery } from '#shared/query/parse.ts'
import { KeyCap } from '../components/key-cap.tsx'
import { useRead } from '../data/reads.ts'
import { useWords } from '../i18n/use-words.ts'
import css from './query-input.module.css'
import { QueryMistake } from './query-mistake.tsx'

const mostOptions = 12

export interface QueryInputProps {
  /** By which `/` finds it. */
  readonly id: string
  readonly label: string
  readonly placeholder: string
  readonly query: string
  readonly onQuery: (query: string) => void
  /** The person goes on to what was found. */
  readonly onLeave: () => void
}

/** Where a query is written: completes what can be, and marks what cannot. */
export function QueryInput({ id, label, placeholder, query, onQuery, onLeave }: QueryInputProps) {
  const { t } = useWords()
  const input = useRef<HTMLInputElement | null>(null)
  const [cursor, setCursor] = useState<number | null>(null)
  const options = useCombobox({ onDropdownClose: () => options.resetSelectedOption() })
  const completion = useRead(
    'inventory.complete',
    { query, cursor: cursor ?? 0 },
    { enabled: cursor !== null && options.dropdownOpened, keepPrevious: true },
  )
  const items = completion.isOld ? [] : offered(query, completion.data)
  const parsed = parseQuery(query)
  const mistake = parsed.ok || (options.dropdownOpened && items.length > 0) ? null : parsed.mistake

  const set = (text: string) => onQuery(text.slice(0, longestQuery))
  const follow = () => setCursor(input.current?.selectionStart ?? null)
  const take = (text: string) => {
    const { start, end } = completion.data ?? { start: 0, end: 0 }
    set(query.slice(0, start) + text + query.slice(end))
    const at = start + text.length
    setCursor(at)
    // A field is not done before its value is written.
    if (!/[:<>=]$/.test(text)) options.closeDropdown()
    requestAnimationFrame(() => input.current?.setSelectionRange(at, at))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const isOffering = options.dropdownOpened && items.length > 0
    if (event.key === 'Escape') {
      options.closeDropdown()
      if (!isOffering) set('')
    }
    if (event.key === 'ArrowDown' && !isOffering) onLeave()
    if (event.key === 'Enter' && (!isOffering || options.getSelectedOptionIndex() === -1)) {
      options.closeDropdown()
      onLeave()
    }
  }
  return (
    <div className={css['bar']}>
      <Combobox store={options} onOptionSubmit={take} position="bottom-start" width={360}>
        <Combobox.EventsTarget>
          <TextInput
            ref={input}
            id={id}
            placeholder={placeholder}
            aria-label={label}
            spellCheck={false}
            autoComplete="off"
            value={query}
            error={mistake !== null}
            aria-describedby={mistake === null ? undefined : `${id}-mistake`}
            onChange={event => {
              set(event.currentTarget.value)
              follow()
              options.openDropdown()
              options.resetSelectedOption()
            }}
            onSelect={follow}
            onBlur={() => options.closeDropdown()}
            onKeyDown={onKeyDown}
            leftSection={<IconSearch size={15} aria-hidden />}
            rightSection={
              query === '' ? (
                <KeyCap>/</KeyCap>
              ) : (
                <CloseButton size="sm" aria-label={t('inventory.clear')} onClick={() => set('')} />
              )
            }
          />
        </Combobox.EventsTarget>
        <Combobox.DropdownTarget>
          <div className={css['anchor']} />
        </Combobox.DropdownTarget>
        <Combobox.Dropdown hidden={items.length === 0}>
          <Combobox.Options aria-label={t('query.offered')}>
            {items.map(item => (
              <Combobox.Option key={item.text} value={item.text} className={css['option'] ?? ''}>
                <span className={css['word']}>{item.text}</span>
                <span className={css['meaning']}>{item.kind === 'field' ? meaning(item.text, t) : null}</span>
              </Combobox.Option>
            ))}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      {mistake === null ? null : <QueryMistake id={`${id}-mistake`} query={query} mistake={mistake} />}
    </div>
  )
}

/** Nothing to offer once the only thing that can stand there does. */
function offered(query: string, completion: Completion | undefined): Completion['items'] {
  if (completion === undefined) return []
  const written = query.slice(completion.start, completion.end)
  return completion.items.filter(({ text }) => text !== written).slice(0, mostOptions)
}

/** What the field before the operator means. */
function meaning(text: string, t: ReturnType<typeof useWords>['t']): string {
  const name = text.replace(/[:<>=]+$/, '') as FieldName
  return t(`query.field.${name}`)
}
