import { useState } from 'react'
import { Severity } from '#shared/domain/exposure.ts'
import type { FacetValue } from '#shared/domain/facet.ts'
import { FindingStatus } from '#shared/domain/finding.ts'
import { FacetMenus } from '../../components/facet-menus.tsx'
import { useParts, useScreenRoute } from '../../data/parts.tsx'
import { useRead } from '../../data/reads.ts'
import { type KnownRules, useRules } from '../../data/rules.ts'
import { useWords, type Words } from '../../i18n/use-words.ts'
import { findings } from '../../state/findings-route.ts'

const offered = ['severity', 'status', 'rule', 'owner', 'site'] as const
type Offered = (typeof offered)[number]

/** Titles of rules are long. */
const ruleWidth = 380

/** How the findings of the query are distributed. */
export function FindingFacets({ query }: { query: string }) {
  const { t } = useWords()
  const rules = useRules()
  const { navigation } = useParts()
  const route = useScreenRoute('findings', findings)
  const [open, setOpen] = useState<Offered | null>(null)
  const facets = useRead('finding.facets', { query }, { enabled: open !== null, keepPrevious: true }).data
  return (
    <FacetMenus
      menus={offered.map(field => ({
        field,
        label: t(`findings:facet.${field}`),
        ...(field === 'rule' && { width: ruleWidth }),
      }))}
      open={open}
      onOpen={setOpen}
      facets={facets?.facets ?? []}
      wordsOf={(field, value) => valueWords(field, value, t, rules)}
      text={route.text}
      onText={text => navigation.replace({ ...route, text })}
    />
  )
}

function valueWords(field: Offered, { value, state }: FacetValue, t: Words, rules: KnownRules): string {
  if (state !== null) return t('findings:nobody')
  if (field === 'severity') return t(`terms:severity.${Severity.parse(value)}`)
  if (field === 'status') return t(`governance:findingStatus.${FindingStatus.parse(value)}`)
  return field === 'rule' ? rules.titleOf(value ?? '') : (value ?? '')
}
