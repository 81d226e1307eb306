import { CloseButton, Combobox, TextInput, useCombobox } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, useRef } from 'react'
import type { Completion } from '#shared/domain/facet.ts'
import { useWords } from '../i18n/use-words.ts'
import { KeyCap } from './key-cap.tsx'
import css from './query-input.module.css'

export interface QueryInputProps {
  readonly id: string
  readonly label: string
  readonly hint: string
  readonly text: string
  readonly onText: (text: string) => void
  /** What can stand at the cursor, as far as it is known. */
  readonly completion: Completion | undefined
  /** The cursor came somewhere else; null: nothing is offered, so that nothing need be asked for. */
  readonly onCursor: (cursor: number | null) => void
  /** What a field means. */
  readonly meaning: (field: string) => string
  /** What is wrong with it, in words. */
  readonly mistake: ReactNode
  readonly onLeave: () => void
  /** The box lost the focus. */
  readonly onBlur?: () => void
}

const mostOptions = 12

/** Where a query is written: completes what can be, and shows what cannot. */
export function QueryInput(props: QueryInputProps) {
  const { id, label, hint, text, onText, completion, onCursor, meaning, mistake, onLeave, onBlur } = props
  const { t } = useWords()
  const input = useRef<HTMLInputElement | null>(null)
  const options = useCombobox({
    onDropdownClose: () => {
      options.resetSelectedOption()
      onCursor(null)
    },
  })
  const items = offered(text, completion)
  const isOffering = options.dropdownOpened && items.length > 0
  const isWrong = mistake !== null && !isOffering
  const follow = () => onCursor(input.current?.selectionStart ?? null)
  const take = (chosen: string) => {
    const { start, end } = completion ?? { start: 0, end: 0 }
    onText(text.slice(0, start) + chosen + text.slice(end))
    const at = start + chosen.length
    onCursor(at)
    // A field is not done before its value is written.
    if (!/[:<>=]$/.test(chosen)) options.closeDropdown()
    requestAnimationFrame(() => input.current?.setSelectionRange(at, at))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      options.closeDropdown()
      if (!isOffering) onText('')
    }
    const isTaking = event.key === 'Enter' && isOffering && options.getSelectedOptionIndex() !== -1
    if ((event.key === 'ArrowDown' && !isOffering) || (event.key === 'Enter' && !isTaking)) {
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
            placeholder={hint}
            aria-label={label}
            spellCheck={false}
            autoComplete="off"
            value={text}
            error={isWrong}
            aria-describedby={isWrong ? `${id}-mistake` : undefined}
            onChange={event => {
              onText(event.currentTarget.value)
              follow()
              options.openDropdown()
              options.resetSelectedOption()
            }}
            onSelect={() => options.dropdownOpened && follow()}
            onBlur={() => {
              options.closeDropdown()
              onBlur?.()
            }}
            onKeyDown={onKeyDown}
            leftSection={<IconSearch size={15} aria-hidden />}
            rightSection={
              text === '' ? (
                <KeyCap>/</KeyCap>
              ) : (
                <CloseButton size="sm" aria-label={t('inventory.clear')} onClick={() => onText('')} />
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
                <span className={css['meaning']}>
                  {item.kind === 'field' ? meaning(item.text.replace(/[:<>=]+$/, '')) : null}
                </span>
              </Combobox.Option>
            ))}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      {isWrong ? <div id={`${id}-mistake`}>{mistake}</div> : null}
    </div>
  )
}

/** Nothing to offer once the only thing that can stand there does. */
function offered(query: string, completion: Completion | undefined): Completion['items'] {
  if (completion === undefined) return []
  const written = query.slice(completion.start, completion.end)
  return completion.items.filter(({ text }) => text !== written).slice(0, mostOptions)
}
