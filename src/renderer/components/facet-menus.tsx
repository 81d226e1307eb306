import { Button, Menu } from '@mantine/core'
import { IconCheck, IconChevronDown } from '@tabler/icons-react'
import type { FacetValue } from '#shared/domain/facet.ts'
import { hasTerm, toggleTerm } from '#shared/query/term.ts'
import { formatNumber } from '../format/numbers.ts'
import { useWords } from '../i18n/use-words.ts'
import css from './facet-menus.module.css'
import { useLanguage } from './use-language.ts'

export interface FacetMenu<F extends string> {
  readonly field: F
  readonly label: string
  /** Pixels; default: 280. */
  readonly width?: number
}

export interface FacetMenusProps<F extends string> {
  readonly menus: readonly FacetMenu<F>[]
  /** Which of them is open: only then its counts are needed. */
  readonly open: F | null
  readonly onOpen: (field: F | null) => void
  readonly facets: readonly { readonly field: string; readonly values: readonly FacetValue[] }[]
  readonly wordsOf: (field: F, value: FacetValue) => string
  /** The query as it is written. */
  readonly text: string
  readonly onText: (text: string) => void
}

/** How what a query finds is distributed; choosing a value writes it into the query. */
export function FacetMenus<F extends string>(props: FacetMenusProps<F>) {
  const { menus, open, onOpen, facets, wordsOf, text, onText } = props
  const { t } = useWords()
  const language = useLanguage()
  const item = (field: F, value: FacetValue) => (
    <Menu.CheckboxItem
      key={value.term}
      checked={hasTerm(text, value.term)}
      onChange={() => onText(toggleTerm(text, value.term))}
      checkIcon={<IconCheck size={14} aria-hidden />}
      rightSection={<span className={css['tally']}>{formatNumber(value.count, language)}</span>}
    >
      {wordsOf(field, value)}
    </Menu.CheckboxItem>
  )
  return (
    <fieldset className={css['facets']} aria-label={t('query.narrow')}>
      {menus.map(({ field, label, width = 280 }) => (
        <Menu
          key={field}
          opened={open === field}
          onChange={isOpen => onOpen(isOpen ? field : null)}
          closeOnItemClick={false}
          position="bottom-start"
          width={width}
        >
          <Menu.Target>
            <Button
              size="compact-xs"
              variant="default"
              rightSection={<IconChevronDown size={12} aria-hidden />}
            >
              {label}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {facets.find(facet => facet.field === field)?.values.map(value => item(field, value))}
          </Menu.Dropdown>
        </Menu>
      ))}
    </fieldset>
  )
}
