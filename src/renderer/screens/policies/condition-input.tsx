import { Combobox, Textarea, useCombobox } from '@mantine/core'
import { type KeyboardEvent, useRef, useState } from 'react'
import { factPaths, listFields, memberPaths, versionCalls } from '#shared/domain/fact-paths.ts'
import type { Part } from '#shared/domain/facts.ts'
import { useFactWords } from '../../components/fact-words.ts'
import { useWords } from '../../i18n/use-words.ts'
import css from './policies.module.css'

export interface ConditionInputProps {
  readonly label: string
  readonly hint: string
  readonly value: string
  readonly each: Part
  readonly params: readonly string[]
  readonly isWrong: boolean
  readonly onChange: (value: string) => void
}

const mostOptions = 10

/** Where the condition of a rule is written, with the documented facts offered. */
export function ConditionInput(props: ConditionInputProps) {
  const { label, hint, value, each, params, isWrong, onChange } = props
  const { t } = useWords()
  const words = useFactWords()
  const input = useRef<HTMLTextAreaElement | null>(null)
  const [cursor, setCursor] = useState(0)
  const options = useCombobox({ onDropdownClose: () => options.resetSelectedOption() })
  const begun = /[A-Za-z][\w.]*$/.exec(value.slice(0, cursor))?.[0] ?? ''
  const items = begun === '' ? [] : offered(begun, each, params)
  const isOffering = options.dropdownOpened && items.length > 0
  const take = (chosen: string) => {
    const start = cursor - begun.length
    onChange(value.slice(0, start) + chosen + value.slice(cursor))
    const quote = chosen.indexOf("'")
    const at = start + (quote === -1 ? chosen.length : quote + 1)
    setCursor(at)
    options.closeDropdown()
    requestAnimationFrame(() => input.current?.setSelectionRange(at, at))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && isOffering) {
      event.stopPropagation()
      options.closeDropdown()
    }
  }
  return (
    <Combobox store={options} onOptionSubmit={take} position="bottom-start" width={420} withinPortal={false}>
      <Combobox.EventsTarget>
        <Textarea
          ref={input}
          label={label}
          description={hint}
          spellCheck={false}
          autosize
          minRows={1}
          maxRows={12}
          classNames={{ input: css['code'] ?? '' }}
          value={value}
          error={isWrong}
          onChange={event => {
            onChange(event.currentTarget.value)
            setCursor(event.currentTarget.selectionStart)
            options.openDropdown()
            options.resetSelectedOption()
          }}
          onSelect={event => setCursor(event.currentTarget.selectionStart)}
          onBlur={() => options.closeDropdown()}
          onKeyDown={onKeyDown}
        />
      </Combobox.EventsTarget>
      <Combobox.DropdownTarget>
        <div />
      </Combobox.DropdownTarget>
      <Combobox.Dropdown hidden={items.length === 0}>
        <Combobox.Options aria-label={t('policies:editor.facts')}>
          {items.map(item => (
            <Combobox.Option key={item} value={item} className={css['option'] ?? ''}>
              <span className={css['fact']}>{item}</span>
              <span className={css['meaning']}>{words(item)}</span>
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}

/** Facts whose name begins with, or else holds, what was begun. */
function offered(begun: string, each: Part, params: readonly string[]): string[] {
  const lists = Object.keys(listFields).map(list => `${list}.exists(each, each.)`)
  const all = [
    ...memberPaths(each),
    ...factPaths.filter(path => path !== 'version'),
    ...versionCalls,
    ...params.map(name => `params.${name}`),
    ...lists,
  ]
  const wanted = begun.toLowerCase()
  const begins = all.filter(path => path.toLowerCase().startsWith(wanted) && path !== begun)
  const holds = all.filter(path => path.toLowerCase().indexOf(wanted) > 0)
  return [...begins, ...holds].slice(0, mostOptions)
}
