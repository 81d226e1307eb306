import { Button, Menu } from '@mantine/core'
import { IconCheck, IconChevronDown } from '@tabler/icons-react'
import { useState } from 'react'
import type { FacetValue } from '#shared/domain/facet.ts'
import type { FieldName } from '#shared/query/fields.ts'
import { hasTerm, toggleTerm } from '#shared/query/term.ts'
import { useLanguage } from '../../components/use-language.ts'
import { useParts, useScreenRoute } from '../../data/parts.tsx'
import { useRead } from '../../data/reads.ts'
import { formatNumber } from '../../format/numbers.ts'
import { useWords } from '../../i18n/use-words.ts'
import { inventory } from '../../state/route.ts'
import { facetValueWords } from './facet-words.ts'
import css from './query-bar.module.css'

/** What people narrow by first. The others are a word away in the query. */
const offered = [
  ...(['risk', 'access', 'tools', 'product', 'version', 'presence', 'site', 'zone'] as const),
  ...(['family', 'capability', 'quantization', 'owner', 'tag'] as const),
] satisfies FieldName[]

/** How the rows of the query are distributed; choosing a value writes it into the query. */
export function FacetChips({ query }: { query: string }) {
  const { t } = useWords()
  const [open, setOpen] = useState<FieldName | null>(null)
  const facets = useRead('inventory.facets', { query }, { enabled: open !== null, keepPrevious: true }).data
  return (
    <fieldset className={css['facets']} aria-label={t('query.narrow')}>
      {offered.map(field => (
        <Menu
          key={field}
          opened={open === field}
          onChange={isOpen => setOpen(isOpen ? field : null)}
          closeOnItemClick={false}
          position="bottom-start"
          width={280}
        >
          <Menu.Target>
            <Button
              size="compact-xs"
              variant="default"
              rightSection={<IconChevronDown size={12} aria-hidden />}
            >
              {t(`query.field.${field}`)}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {facets?.facets
              .find(facet => facet.field === field)
              ?.values.map(value => (
                <Value key={value.term} field={field} value={value} />
              ))}
          </Menu.Dropdown>
        </Menu>
      ))}
    </fieldset>
  )
}

function Value({ field, value }: { field: FieldName; value: FacetValue }) {
  const { t } = useWords()
  const language = useLanguage()
  const { navigation } = useParts()
  const route = useScreenRoute('inventory', inventory)
  const isChosen = hasTerm(route.text, value.term)
  return (
    <Menu.CheckboxItem
      checked={isChosen}
      onChange={() => navigation.replace({ ...route, text: toggleTerm(route.text, value.term) })}
      checkIcon={<IconCheck size={14} aria-hidden />}
      rightSection={<span className={css['tally']}>{formatNumber(value.count, language)}</span>}
    >
      {facetValueWords(field, value, t)}
    </Menu.CheckboxItem>
  )
}
