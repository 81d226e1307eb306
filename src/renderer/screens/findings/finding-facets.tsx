import { Button, Menu } from '@mantine/core'
import { IconCheck, IconChevronDown } from '@tabler/icons-react'
import { useState } from 'react'
import { Severity } from '#shared/domain/exposure.ts'
import type { FacetValue } from '#shared/domain/facet.ts'
import { FindingStatus } from '#shared/domain/finding.ts'
import { hasTerm, toggleTerm } from '#shared/query/term.ts'
import { useLanguage } from '../../components/use-language.ts'
import { useParts, useScreenRoute } from '../../data/parts.tsx'
import { useRead } from '../../data/reads.ts'
import { formatNumber } from '../../format/numbers.ts'
import { useWords, type Words } from '../../i18n/use-words.ts'
import { findings } from '../../state/findings-route.ts'
import css from './findings.module.css'
import { type KnownRules, useRules } from './use-rules.ts'

const offered = ['severity', 'status', 'rule', 'owner', 'site'] as const
type Offered = (typeof offered)[number]

/** How the findings of the query are distributed; choosing a value writes it into the query. */
export function FindingFacets({ query }: { query: string }) {
  const { t } = useWords()
  const [open, setOpen] = useState<Offered | null>(null)
  const facets = useRead('finding.facets', { query }, { enabled: open !== null, keepPrevious: true }).data
  return (
    <fieldset className={css['facets']} aria-label={t('query.narrow')}>
      {offered.map(field => (
        <Menu
          key={field}
          opened={open === field}
          onChange={isOpen => setOpen(isOpen ? field : null)}
          closeOnItemClick={false}
          position="bottom-start"
          width={field === 'rule' ? 380 : 280}
        >
          <Menu.Target>
            <Button
              size="compact-xs"
              variant="default"
              rightSection={<IconChevronDown size={12} aria-hidden />}
            >
              {t(`findings:facet.${field}`)}
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

function Value({ field, value }: { field: Offered; value: FacetValue }) {
  const { t } = useWords()
  const language = useLanguage()
  const rules = useRules()
  const { navigation } = useParts()
  const route = useScreenRoute('findings', findings)
  return (
    <Menu.CheckboxItem
      checked={hasTerm(route.text, value.term)}
      onChange={() => navigation.replace({ ...route, text: toggleTerm(route.text, value.term) })}
      checkIcon={<IconCheck size={14} aria-hidden />}
      rightSection={<span className={css['tally']}>{formatNumber(value.count, language)}</span>}
    >
      {valueWords(field, value, t, rules)}
    </Menu.CheckboxItem>
  )
}

function valueWords(field: Offered, { value, state }: FacetValue, t: Words, rules: KnownRules): string {
  if (state !== null) return t('findings:nobody')
  if (field === 'severity') return t(`terms:severity.${Severity.parse(value)}`)
  if (field === 'status') return t(`governance:findingStatus.${FindingStatus.parse(value)}`)
  return field === 'rule' ? rules.titleOf(value ?? '') : (value ?? '')
}
