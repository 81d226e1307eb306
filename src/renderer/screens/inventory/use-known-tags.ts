import { useRead } from '../../data/reads.ts'

/** Tags that are in use, the most used first. */
export function useKnownTags(): string[] {
  const facets = useRead('inventory.facets', { most: 100 }, { keepPrevious: true }).data?.facets ?? []
  const values = facets.find(({ field }) => field === 'tag')?.values ?? []
  return values.flatMap(({ value }) => (value === null || value === '' ? [] : [value]))
}
