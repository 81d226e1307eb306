import { useState } from 'react'
import type { FieldName } from '#shared/query/fields.ts'
import { FacetMenus } from '../../components/facet-menus.tsx'
import { useParts, useScreenRoute } from '../../data/parts.tsx'
import { useRead } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'
import { inventory } from '../../state/route.ts'
import { facetValueWords } from './facet-words.ts'

/** What people narrow by first. The others are a word away in the query. */
const offered = [
  ...(['risk', 'access', 'tools', 'product', 'version', 'presence', 'site', 'zone'] as const),
  ...(['family', 'capability', 'quantization', 'owner', 'tag'] as const),
] satisfies FieldName[]

/** How the rows of the query are distributed. */
export function FacetChips({ query }: { query: string }) {
  const { t } = useWords()
  const { navigation } = useParts()
  const route = useScreenRoute('inventory', inventory)
  const [open, setOpen] = useState<(typeof offered)[number] | null>(null)
  const facets = useRead('inventory.facets', { query }, { enabled: open !== null, keepPrevious: true }).data
  return (
    <FacetMenus
      menus={offered.map(field => ({ field, label: t(`query.field.${field}`) }))}
      open={open}
      onOpen={setOpen}
      facets={facets?.facets ?? []}
      wordsOf={(field, value) => facetValueWords(field, value, t)}
      text={route.text}
      onText={text => navigation.replace({ ...route, text })}
    />
  )
}
